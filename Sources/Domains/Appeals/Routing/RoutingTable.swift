/// The routing rules in their order; the first that applies decides.
public struct RoutingTable: Sendable {
    /// The rules, also those that are switched off.
    public let rules: [RoutingRule]
    /// The categories and bodies to which the rules refer.
    public let catalogue: AppealCatalogue
    private let byID: [RoutingRule.ID: RoutingRule]

    /// Reads `appeal_routes.csv` and checks that the rules refer to known categories, questions, districts and bodies.
    ///
    /// - Throws: `AppealsError` for the first row that cannot be used.
    public init(_ rows: [TableRow], catalogue: AppealCatalogue) throws(AppealsError) {
        var rules: [RoutingRule] = []
        var seen: Set<RoutingRule.ID> = []
        for row in rows {
            let rule = try RoutingRule(row)
            guard seen.insert(rule.id).inserted else {
                throw .repeated(table: row.table, line: row.line, key: rule.id.rawValue)
            }
            if let (column, key) = Self.unknown(rule, catalogue) {
                throw .unknown(table: row.table, line: row.line, column: column, key: key)
            }
            rules.append(rule)
        }
        self.init(rules, catalogue: catalogue)
    }

    init(_ rules: [RoutingRule], catalogue: AppealCatalogue) {
        self.rules = rules.sorted { ($0.order, $0.id) < ($1.order, $1.id) }
        self.catalogue = catalogue
        byID = Dictionary(rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The rule with a key.
    public subscript(id: RoutingRule.ID) -> RoutingRule? { byID[id] }

    /// Who is responsible; nil when no rule applies, which the last rule of a complete set prevents.
    public func decision(for inputs: RoutingInputs) -> RoutingDecision? {
        for rule in rules where mismatch(of: rule, with: inputs) == nil {
            return decision(of: rule, for: inputs)
        }
        return nil
    }

    /// Who is responsible, with the rules that did not apply.
    public func trace(for inputs: RoutingInputs) -> RoutingTrace {
        var skipped: [RoutingTrace.Skipped] = []
        for rule in rules {
            guard let mismatch = mismatch(of: rule, with: inputs) else {
                return RoutingTrace(skipped: skipped, decision: decision(of: rule, for: inputs))
            }
            skipped.append(.init(rule: rule.id, mismatch: mismatch))
        }
        return RoutingTrace(skipped: skipped, decision: nil)
    }

    /// The decisions for a point whose uncertainty reaches several districts, in the order of the districts; the applicant
    /// chooses when they differ.
    public func decisions(
        for inputs: RoutingInputs,
        in districts: [DistrictSlug]
    ) -> [(district: DistrictSlug, decision: RoutingDecision)] {
        districts.compactMap { district in
            let place = RoutingPlace(.district(district), polygons: inputs.place.polygons)
            return decision(for: inputs.at(place)).map { (district, $0) }
        }
    }

    /// Why a rule does not apply; nil when it applies.
    private func mismatch(of rule: RoutingRule, with inputs: RoutingInputs) -> RoutingMismatch? {
        guard rule.isInForce(on: inputs.day) else { return .notInForce }
        if let mismatch = rule.condition.mismatch(with: inputs) { return mismatch }
        return destination(of: rule, for: inputs) == nil ? .noTarget : nil
    }

    private func destination(of rule: RoutingRule, for inputs: RoutingInputs) -> RoutingDecision.Destination? {
        switch rule.target {
        case .body(let body): return .body(body)
        case .akimat: return akimat(at: inputs.place).map { .body($0) }
        case .addressee:
            if case .body(let body) = inputs.addressee { return .body(body) }
            return nil
        case .deputy:
            if case .deputy(let deputy) = inputs.addressee { return .deputy(deputy) }
            return nil
        case .notTaken: return .notTaken
        }
    }

    private func akimat(at place: RoutingPlace) -> AppealBody.ID? {
        if case .district(let slug) = place.area { catalogue.akimat(of: slug) } else { nil }
    }

    private func decision(of rule: RoutingRule, for inputs: RoutingInputs) -> RoutingDecision? {
        guard let destination = destination(of: rule, for: inputs) else { return nil }
        var copies: [AppealBody.ID] = []
        for copy in rule.copies {
            let body: AppealBody.ID? =
                switch copy {
                case .body(let body): body
                case .akimat: akimat(at: inputs.place)
                }
            if let body, !copies.contains(body), destination != .body(body) { copies.append(body) }
        }
        return RoutingDecision(
            inputs: inputs,
            rule: RuleVersion(rule: rule.id, version: rule.version, boundaryVersion: inputs.boundaryVersion),
            destination: destination,
            desk: rule.desk,
            copies: copies,
            external: rule.external,
            isHandover: rule.isHandover,
            source: rule.source
        )
    }

    private static func unknown(_ rule: RoutingRule, _ catalogue: AppealCatalogue) -> (column: String, key: String)? {
        let condition = rule.condition
        if let category = condition.category, catalogue[category: category] == nil {
            return ("category", category.rawValue)
        }
        if case .body(let body) = condition.addressee, catalogue[body: body] == nil {
            return ("addressee", body.rawValue)
        }
        if case .districts(let slugs) = condition.area,
            let slug = slugs.filter({ catalogue.akimat(of: $0) == nil }).min()
        {
            return ("area", slug.rawValue)
        }
        for answer in condition.answers {
            let questions = condition.category.map(catalogue.questions(of:)) ?? []
            let question = questions.first { $0.id == answer.question }
            guard question?.values?.contains(answer.value) ?? false else {
                return ("answers", "\(answer.question)=\(answer.value)")
            }
        }
        if case .body(let body) = rule.target, catalogue[body: body] == nil { return ("body", body.rawValue) }
        for case .body(let body) in rule.copies where catalogue[body: body] == nil { return ("copies", body.rawValue) }
        if let external = rule.external, catalogue[body: external] == nil { return ("external", external.rawValue) }
        return nil
    }
}
