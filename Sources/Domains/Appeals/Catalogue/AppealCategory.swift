/// A subject of appeals: a group, or a leaf of one.
public struct AppealCategory: Sendable, Hashable {
    /// The key, such as `roads.pothole`.
    public typealias ID = Key<AppealCategory>

    /// The key; that of a leaf begins with its group and a full stop.
    public let id: ID
    /// The name.
    public let name: Wording
    /// Other words that people use for it, in any language.
    public let synonyms: [String]
    /// The regimes in which it is offered; none for a group.
    public let regimes: Set<AppealRegime>
    /// Whether appeals in this category are never published.
    public let isSensitive: Bool
    /// Whether photos are wanted.
    public let wantsPhoto: Bool
    /// Whether it is handed over at once, without asking for details.
    public let isHandedOver: Bool
    /// The term of a report; nil when there is none, as for groups and for categories that are only official.
    public let term: ServiceLimit?
    /// The longer term for the remedy, when `term` is that for making the place safe.
    public let remedyTerm: ServiceLimit?
    /// The answer that makes it a hazard, with the term of hazards.
    public let hazard: AnswerCondition?
    /// Where the row comes from.
    public let source: RowSource

    /// The columns of the table.
    public static let columns = [
        "key", "name_kk", "name_ru", "name_en", "synonyms_kk", "synonyms_ru", "synonyms_en", "regimes", "sensitive",
        "photo",
        "handover", "term", "remedy_term", "hazard", "source", "date", "confidence",
    ]

    /// Reads a row of `appeal_categories.csv`.
    ///
    /// - Throws: `AppealsError.row` for the first column that cannot be used.
    public init(_ row: TableRow) throws(AppealsError) {
        id = try row.key("key")
        let depth = id.rawValue.split(separator: ".", omittingEmptySubsequences: false)
        guard depth.count <= 2, depth.allSatisfy({ !$0.isEmpty }) else {
            throw row.malformed("key", "a group, or a group and a leaf with a full stop between")
        }
        name = try row.wording("name")
        synonyms = try row.list("synonyms_kk") + row.list("synonyms_ru") + row.list("synonyms_en")
        regimes = try row.choices("regimes")
        let isGroup = depth.count == 1
        guard regimes.isEmpty == isGroup else {
            throw row.malformed("regimes", isGroup ? "nothing for a group" : "official, report or both")
        }
        isSensitive = try row.flag("sensitive")
        wantsPhoto = try row.flag("photo")
        isHandedOver = try row.flag("handover")
        term = try ServiceLimit(row, "term")
        remedyTerm = try ServiceLimit(row, "remedy_term")
        hazard = try AnswerCondition(row, "hazard")
        guard isHandedOver || regimes.contains(.report) == (term != nil) else {
            throw row.malformed("term", "a term if reports are taken, otherwise nothing")
        }
        source = try RowSource(row)
    }

    /// The group that a leaf belongs to; nil for a group.
    public var group: ID? {
        id.rawValue.firstIndex(of: ".").map { ID(String(id.rawValue[..<$0])) }
    }

    /// Whether it is a leaf, which an appeal can have.
    public var isLeaf: Bool { group != nil }
}
