extension RoutingRule {
    /// Reads a row of `appeal_routes.csv`.
    ///
    /// The columns of the condition are empty where anything will do. `addressee` is `city`, `body`, `deputy` or `body:KEY`;
    /// `area` is `outside`, `polygon:NAME` or `district:SLUG;SLUG`; `answers` are `question=value` separated by `;`; `season` is
    /// `MM-DD/MM-DD`. `body` is a key or `@district`, `@addressee`, `@deputy` or `@none`; `copies` are keys or `@district`.
    ///
    /// - Throws: `AppealsError.row` for the first column that cannot be used.
    public init(_ row: TableRow) throws(AppealsError) {
        var answers: [AnswerCondition] = []
        for text in try row.list("answers") {
            guard let answer = AnswerCondition(text: text) else { throw row.malformed("answers", "question=value") }
            answers.append(answer)
        }
        let condition = RoutingCondition(
            regimes: try row.choices("regimes"),
            kinds: try row.choices("kinds"),
            addressee: try Self.addressee(row),
            category: try row.optionalKey("category"),
            area: try Self.area(row),
            answers: answers.sorted(),
            season: try Self.season(row)
        )
        if !condition.kinds.isEmpty, condition.regimes.contains(.report) {
            throw row.malformed("kinds", "nothing where reports are routed, as they have no legal kind")
        }
        self.init(
            try row.key("id"),
            order: try row.integer("order", in: 1...1_000_000),
            isEnabled: try row.flag("enabled"),
            validFrom: try row.date("valid_from"),
            validTo: try row.date("valid_to"),
            when: condition,
            then: try Self.target(row),
            desk: row.text("desk"),
            copies: try Self.copies(row),
            external: try row.optionalKey("external"),
            isHandover: try row.flag("handover"),
            version: try row.integer("version", in: 1...1_000_000),
            author: try row.required("author"),
            reason: try row.required("reason"),
            source: try RowSource(row)
        )
        if let validFrom, let validTo, validTo < validFrom {
            throw row.malformed("valid_to", "a day not before \(validFrom)")
        }
    }

    private static func addressee(
        _ row: TableRow
    ) throws(AppealsError) -> RoutingCondition.AddresseeCondition {
        switch row.text("addressee") {
        case nil: return .any
        case "city": return .city
        case "body": return .anyBody
        case "deputy": return .deputy
        case let text?:
            guard text.hasPrefix("body:"), text.count > 5 else {
                throw row.malformed("addressee", "city, body, deputy, body:KEY or nothing")
            }
            return .body(AppealBody.ID(String(text.dropFirst(5))))
        }
    }

    private static func area(_ row: TableRow) throws(AppealsError) -> RoutingCondition.AreaCondition {
        guard let text = row.text("area") else { return .any }
        if text == "outside" { return .outside }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[1].isEmpty else {
            throw row.malformed("area", "outside, polygon:NAME, district:SLUG;SLUG or nothing")
        }
        switch parts[0] {
        case "polygon": return .polygon(PolygonName(parts[1]))
        case "district":
            let slugs = parts[1].split(separator: ";", omittingEmptySubsequences: false).map {
                DistrictSlug(String($0))
            }
            return .districts(Set(slugs))
        default: throw row.malformed("area", "outside, polygon:NAME, district:SLUG;SLUG or nothing")
        }
    }

    private static func season(_ row: TableRow) throws(AppealsError) -> Season? {
        guard let text = row.text("season") else { return nil }
        guard let season = Season(text) else { throw row.malformed("season", "MM-DD/MM-DD or nothing") }
        return season
    }

    private static func target(_ row: TableRow) throws(AppealsError) -> Target {
        switch row.text("body") {
        case "@district": .akimat
        case "@addressee": .addressee
        case "@deputy": .deputy
        case "@none": .notTaken
        default: .body(try row.key("body"))
        }
    }

    private static func copies(_ row: TableRow) throws(AppealsError) -> [Copy] {
        try row.list("copies").map { $0 == "@district" ? .akimat : .body(AppealBody.ID($0)) }
    }
}
