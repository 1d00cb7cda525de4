public import Geo

/// One place that answers a question, and how surely.
public struct GeocodeResult: Sendable, Equatable {
    /// What kind of place it is.
    public enum Kind: String, Sendable {
        /// A house.
        case address
        /// A street.
        case street
        /// A crossing of two streets.
        case intersection
        /// A microdistrict.
        case microdistrict
        /// An institution.
        case organization
        /// A district.
        case district
    }

    /// How the answer meets the question.
    public enum Match: String, Sendable {
        /// The place asked for.
        case exact
        /// Between known neighbours.
        case interpolated
        /// The street, for a house that is not known.
        case street
        /// The microdistrict or district, for a house that is not known.
        case area
        /// A place with a similar name.
        case fuzzy
    }

    /// What kind of place it is.
    public let kind: Kind
    /// How the answer meets the question.
    public let match: Match
    /// 0 to 1; comparable within one question.
    public let confidence: Double
    /// Where it is; nil when only its name is known.
    public let position: Coordinate?
    /// The district the position lies in, or the record states; nil when it is not known or there are several.
    public let district: District.ID?
    /// The record.
    public let subject: Subject

    /// The record behind an answer, by its place in the gazetteer's lists.
    public enum Subject: Sendable, Hashable {
        /// An address.
        case address(Int)
        /// A street.
        case street(Int)
        /// A microdistrict.
        case microdistrict(Int)
        /// A district.
        case district(Int)
        /// An organization.
        case organization(Int)
    }
}

/// A question as it was understood.
public struct ParsedQuestion: Sendable, Equatable {
    /// The street named, as its label in the reader's language.
    public let street: String?
    /// The microdistrict named.
    public let microdistrict: String?
    /// The house, canonical.
    public let house: String?
    /// The flat or office.
    public let flat: String?

    /// Nothing understood.
    public static let nothing = ParsedQuestion(street: nil, microdistrict: nil, house: nil, flat: nil)
}

/// The answers to a question, best first.
public struct GeocodeAnswer: Sendable {
    /// The reading behind the best answer.
    public let parsed: ParsedQuestion
    /// The places.
    public let results: [GeocodeResult]
}
