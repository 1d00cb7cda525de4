/// A question that a category asks besides the text.
public struct AppealQuestion: Sendable, Hashable {
    /// The key, unique within its category.
    public typealias ID = Key<AppealQuestion>

    /// How it is answered.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// `yes` or `no`.
        case yesNo = "yes_no"
        /// One of the options.
        case choice
        /// A short text.
        case text
        /// A whole number.
        case number
        /// A day.
        case date
        /// A time of day or hours.
        case hours
    }

    /// An option of a choice.
    public struct Option: Sendable, Hashable {
        /// The value that is stored and that rules compare.
        public let value: String
        /// What people read.
        public let wording: Wording
    }

    /// The longest wording of a question, characters.
    public static let longestWording = 80
    /// The most questions of a category.
    public static let maxQuestions = 4

    /// The category.
    public let category: AppealCategory.ID
    /// The key.
    public let id: ID
    /// How it is answered.
    public let kind: Kind
    /// The question.
    public let wording: Wording
    /// The options of a choice; none for the other kinds.
    public let options: [Option]

    /// The columns of the table.
    public static let columns = [
        "category", "key", "kind", "question_kk", "question_ru", "question_en", "values", "options_kk", "options_ru",
        "options_en",
    ]

    /// Reads a row of `appeal_questions.csv`.
    ///
    /// - Throws: `AppealsError.row` for the first column that cannot be used.
    public init(_ row: TableRow) throws(AppealsError) {
        category = try row.key("category")
        id = try row.key("key")
        kind = try row.choice("kind")
        wording = try row.wording("question")
        for column in ["question_kk", "question_ru", "question_en"] {
            guard (row.text(column)?.count ?? 0) <= Self.longestWording else {
                throw row.malformed(column, "at most \(Self.longestWording) characters")
            }
        }
        let values = try row.list("values")
        guard (kind == .choice) == (values.count >= 2), Set(values).count == values.count else {
            throw row.malformed("values", kind == .choice ? "two different values or more" : "nothing")
        }
        var texts: [[String]] = []
        for column in ["options_kk", "options_ru", "options_en"] {
            let list = try row.list(column)
            guard list.count == values.count else { throw row.malformed(column, "\(values.count) texts") }
            texts.append(list)
        }
        options = values.indices.map {
            Option(value: values[$0], wording: Wording(kk: texts[0][$0], ru: texts[1][$0], en: texts[2][$0]))
        }
    }

    /// The values that rules can compare; nil when any text is an answer.
    public var values: [String]? {
        switch kind {
        case .yesNo: ["yes", "no"]
        case .choice: options.map(\.value)
        case .text, .number, .date, .hours: nil
        }
    }
}
