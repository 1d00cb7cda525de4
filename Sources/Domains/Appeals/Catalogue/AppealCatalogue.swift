/// The categories with their questions and stoppers, and the bodies: what routing and the form read.
public struct AppealCatalogue: Sendable {
    /// The categories in the order of the table: each group before its leaves.
    public let categories: [AppealCategory]
    /// The bodies in the order of the table.
    public let bodies: [AppealBody]
    private let categoryByID: [AppealCategory.ID: AppealCategory]
    private let bodyByID: [AppealBody.ID: AppealBody]
    private let akimats: [DistrictSlug: AppealBody.ID]
    private let questionsByCategory: [AppealCategory.ID: [AppealQuestion]]
    private let stoppersByCategory: [AppealCategory.ID: [AppealStopper]]

    /// The rows of the four tables.
    public struct Tables: Sendable {
        /// `appeal_categories.csv`.
        public var categories: [TableRow] = []
        /// `appeal_questions.csv`.
        public var questions: [TableRow] = []
        /// `appeal_stoppers.csv`.
        public var stoppers: [TableRow] = []
        /// `appeal_bodies.csv`.
        public var bodies: [TableRow] = []

        /// Makes tables without rows.
        public init() {}
    }

    /// Reads the tables and checks that every reference between them points to an existing row.
    ///
    /// - Throws: `AppealsError` for the first row that cannot be used.
    public init(_ tables: Tables) throws(AppealsError) {
        (categories, categoryByID) = try Self.read(tables.categories, AppealCategory.init, \.id)
        (bodies, bodyByID) = try Self.read(tables.bodies, AppealBody.init, \.id)
        var akimats: [DistrictSlug: AppealBody.ID] = [:]
        for body in bodies { if let district = body.district { akimats[district] = body.id } }
        self.akimats = akimats
        var questions: [AppealCategory.ID: [AppealQuestion]] = [:]
        for row in tables.questions {
            let question = try AppealQuestion(row)
            let known = questions[question.category, default: []]
            guard !known.contains(where: { $0.id == question.id }) else {
                throw .repeated(table: row.table, line: row.line, key: "\(question.category) \(question.id)")
            }
            guard known.count < AppealQuestion.maxQuestions else {
                throw row.malformed("category", "at most \(AppealQuestion.maxQuestions) questions of a category")
            }
            questions[question.category] = known + [question]
        }
        questionsByCategory = questions
        var stoppers: [AppealCategory.ID: [AppealStopper]] = [:]
        for row in tables.stoppers {
            let stopper = try AppealStopper(row)
            stoppers[stopper.category, default: []].append(stopper)
        }
        stoppersByCategory = stoppers
        try checkReferences(tables)
    }

    /// The category with a key.
    public subscript(category id: AppealCategory.ID) -> AppealCategory? { categoryByID[id] }

    /// The body with a key.
    public subscript(body id: AppealBody.ID) -> AppealBody? { bodyByID[id] }

    /// The office of a district's akim.
    public func akimat(of district: DistrictSlug) -> AppealBody.ID? { akimats[district] }

    /// The districts that have an akim's office, by slug.
    public var districts: [DistrictSlug] { akimats.keys.sorted() }

    /// The categories that an appeal can have.
    public var leaves: [AppealCategory] { categories.filter(\.isLeaf) }

    /// The questions of a category in the order of the table.
    public func questions(of category: AppealCategory.ID) -> [AppealQuestion] { questionsByCategory[category] ?? [] }

    /// The stoppers of a category to show for the answers given so far: those without a condition and those that are met.
    public func stoppers(
        of category: AppealCategory.ID,
        answers: [AppealQuestion.ID: String] = [:]
    ) -> [AppealStopper] {
        (stoppersByCategory[category] ?? []).filter { stopper in
            stopper.condition.map { answers[$0.question] == $0.value } ?? true
        }
    }

    /// The term of a report: that of a hazard when an answer says so; nil when there is none.
    public func term(of category: AppealCategory.ID, answers: [AppealQuestion.ID: String] = [:]) -> ServiceLimit? {
        guard let category = categoryByID[category] else { return nil }
        if let hazard = category.hazard, answers[hazard.question] == hazard.value { return .hazard }
        return category.term
    }

    private static func read<Record, ID: Hashable & CustomStringConvertible>(
        _ rows: [TableRow],
        _ make: (TableRow) throws(AppealsError) -> Record,
        _ id: (Record) -> ID
    ) throws(AppealsError) -> ([Record], [ID: Record]) {
        var (records, byID): ([Record], [ID: Record]) = ([], [:])
        for row in rows {
            let record = try make(row)
            guard byID.updateValue(record, forKey: id(record)) == nil else {
                throw .repeated(table: row.table, line: row.line, key: id(record).description)
            }
            records.append(record)
        }
        return (records, byID)
    }

    private func checkReferences(_ tables: Tables) throws(AppealsError) {
        for (row, category) in zip(tables.categories, categories) {
            if let group = category.group, categoryByID[group] == nil {
                throw .unknown(table: row.table, line: row.line, column: "key", key: group.rawValue)
            }
            try check(category.hazard, of: category.id, row, "hazard")
        }
        for (row, body) in zip(tables.bodies, bodies) {
            try check(body.higherBody, row, "higher_body")
        }
        for row in tables.questions { try check(leaf: try row.key("category"), row) }
        for row in tables.stoppers {
            let stopper = try AppealStopper(row)
            try check(leaf: stopper.category, row)
            try check(stopper.body, row, "body")
            try check(stopper.condition, of: stopper.category, row, "condition")
        }
    }

    private func check(leaf id: AppealCategory.ID, _ row: TableRow) throws(AppealsError) {
        guard categoryByID[id]?.isLeaf ?? false else {
            throw .unknown(table: row.table, line: row.line, column: "category", key: id.rawValue)
        }
    }

    private func check(_ body: AppealBody.ID?, _ row: TableRow, _ column: String) throws(AppealsError) {
        guard let body, bodyByID[body] == nil else { return }
        throw .unknown(table: row.table, line: row.line, column: column, key: body.rawValue)
    }

    private func check(
        _ condition: AnswerCondition?,
        of category: AppealCategory.ID,
        _ row: TableRow,
        _ column: String
    ) throws(AppealsError) {
        guard let condition else { return }
        let question = questions(of: category).first { $0.id == condition.question }
        guard let question, question.values?.contains(condition.value) ?? false else {
            throw .unknown(
                table: row.table,
                line: row.line,
                column: column,
                key: "\(condition.question)=\(condition.value)"
            )
        }
    }
}
