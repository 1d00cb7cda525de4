/// A text id typed by its subject, so that the id of a category cannot be passed for that of a body.
public struct Key<Subject>: RawRepresentable, Hashable, Sendable, Codable, Comparable, CodingKeyRepresentable,
    ExpressibleByStringLiteral, CustomStringConvertible
{
    /// The id as it appears in files, addresses and the database.
    public let rawValue: String

    /// Wraps an id.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Wraps an id.
    public init(_ rawValue: String) { self.rawValue = rawValue }

    /// Wraps a literal id.
    public init(stringLiteral value: String) { self.rawValue = value }

    /// Reads the id as a plain text.
    public init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    /// Writes the id as a plain text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    /// The id itself.
    public var description: String { rawValue }

    /// Orders ids by their text.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// What a `DistrictSlug` names: a district of the gazetteer, which this module knows by its slug only.
public enum DistrictMark {}

/// The slug of a district, such as `medeu`.
public typealias DistrictSlug = Key<DistrictMark>

/// What a `PolygonName` names: an area with its own border, such as a park.
public enum PolygonMark {}

/// The name of an area with its own border that a routing rule refers to.
public typealias PolygonName = Key<PolygonMark>

/// What a `DeputyID` names: a deputy of the maslikhat.
public enum DeputyMark {}

/// The id of a deputy of the maslikhat.
public typealias DeputyID = Key<DeputyMark>
