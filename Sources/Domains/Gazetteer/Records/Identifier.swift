/// A text id typed by its subject, so that a street's id cannot be passed for a district's.
public struct Identifier<Subject>: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral,
    CustomStringConvertible, Comparable
{
    /// The id as it appears in files, URLs and the database.
    public let rawValue: String

    /// Wraps an id.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Wraps an id.
    public init(_ rawValue: String) { self.rawValue = rawValue }

    /// Wraps a literal id.
    public init(stringLiteral value: String) { self.rawValue = value }

    /// The id itself.
    public var description: String { rawValue }

    /// Orders ids by their text.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
