public import Civic

/// A body or an organization that can be responsible for an appeal.
public struct AppealBody: Sendable, Hashable {
    /// The key, such as `da_medeu` or `mob`.
    public typealias ID = Key<AppealBody>

    /// What it is.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The akimat of the city.
        case city
        /// The office of a district's akim.
        case district
        /// A department of the akimat.
        case department
        /// A service of the akimat.
        case service
        /// The maslikhat.
        case maslikhat
        /// A body of the state that the akimat does not direct; official appeals go to it by article 65.
        case state
        /// An organization.
        case organization
        /// Bodies outside the city.
        case outside
    }

    /// The key.
    public let id: ID
    /// What it is.
    public let kind: Kind
    /// The district of a district akim's office.
    public let district: DistrictSlug?
    /// Its name.
    public let name: Wording
    /// Other and former names, in any language.
    public let synonyms: [String]
    /// The body to which complaints about it go; nil when it is not known.
    public let higherBody: ID?
    /// Its record among the authorities or organizations of the city data; nil when it has none.
    public let directoryID: String?
    /// Phones in E.164 or short numbers.
    public let phones: [String]
    /// The first day on which it exists; nil when it is not known.
    public let validFrom: LocalDate?
    /// The last day on which it exists; nil while it does.
    public let validTo: LocalDate?
    /// Where the row comes from.
    public let source: RowSource

    /// The columns of the table.
    public static let columns = [
        "key", "kind", "district", "name_kk", "name_ru", "name_en", "synonyms", "higher_body", "directory_id", "phones",
        "valid_from", "valid_to", "source", "date", "confidence",
    ]

    /// Reads a row of `appeal_bodies.csv`.
    ///
    /// - Throws: `AppealsError.row` for the first column that cannot be used.
    public init(_ row: TableRow) throws(AppealsError) {
        id = try row.key("key")
        kind = try row.choice("kind")
        district = try row.optionalKey("district")
        guard (kind == .district) == (district != nil) else {
            throw row.malformed("district", kind == .district ? "the slug of its district" : "nothing")
        }
        name = try row.wording("name")
        synonyms = try row.list("synonyms")
        higherBody = try row.optionalKey("higher_body")
        directoryID = row.text("directory_id")
        phones = try row.list("phones")
        validFrom = try row.date("valid_from")
        validTo = try row.date("valid_to")
        if let validFrom, let validTo, validTo < validFrom {
            throw row.malformed("valid_to", "a day not before \(validFrom)")
        }
        source = try RowSource(row)
    }

    /// Whether it exists on a day.
    public func exists(on day: LocalDate) -> Bool {
        (validFrom.map { $0 <= day } ?? true) && (validTo.map { day <= $0 } ?? true)
    }

    /// Whether it works in the portal; appeals for other bodies are forwarded.
    public var isInPortal: Bool {
        switch kind {
        case .city, .district, .department, .service, .maslikhat: true
        case .state, .organization, .outside: false
        }
    }
}
