/// A postal address, in the city or anywhere in the world.
public struct PostalAddress: Hashable, Sendable, Codable {
    /// A part of an address; the raw value is the name of its field.
    public enum Part: String, CaseIterable, Hashable, Sendable, Codable {
        /// The country, when it is not Kazakhstan.
        case country
        /// The city or village.
        case city
        /// The district.
        case district
        /// The microdistrict.
        case microdistrict
        /// The street.
        case street
        /// The house.
        case house
        /// The flat.
        case flat
        /// The postcode.
        case postcode

        /// How many code points it has at most.
        public var most: Int {
            switch self {
            case .country, .city, .district, .microdistrict, .street: 100
            case .house, .flat, .postcode: 20
            }
        }
    }

    private let parts: [Part: String]

    /// Makes an address; empty parts are ignored.
    ///
    /// - Throws: `PostalAddressFault`.
    public init(_ written: [Part: String]) throws(PostalAddressFault) {
        var parts: [Part: String] = [:]
        for part in Part.allCases {
            guard let text = written[part], text.contains(where: { !$0.isWhitespace }) else { continue }
            do { parts[part] = try ContentText.line(text, lengths: 1...part.most) } catch { throw .part(part, error) }
        }
        guard parts[.city] != nil else { throw .missing([.city]) }
        guard parts[.street] != nil || parts[.microdistrict] != nil else { throw .missing([.street, .microdistrict]) }
        guard parts[.house] != nil else { throw .missing([.house]) }
        self.parts = parts
    }

    /// A part; nil when there is none.
    public subscript(part: Part) -> String? { parts[part] }

    /// Reads the parts by their names.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.singleValueContainer().decode([String: String].self)
        parts = Dictionary(stored.compactMap { key, text in Part(rawValue: key).map { ($0, text) } }) { first, _ in
            first
        }
    }

    /// Writes the parts by their names.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Dictionary(parts.map { ($0.rawValue, $1) }) { first, _ in first })
    }
}

/// Why a postal address is refused.
public enum PostalAddressFault: Error, Sendable, Hashable {
    /// A part is malformed.
    case part(PostalAddress.Part, ContentFault)
    /// At least one of these parts is needed.
    case missing([PostalAddress.Part])
}
