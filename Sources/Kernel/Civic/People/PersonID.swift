/// The number of a person's account; it is never reused, so records that outlive the account never refer to another person.
public struct PersonID: RawRepresentable, Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
    /// The number in the database, from 1.
    public let rawValue: Int64

    /// Wraps a number.
    public init(rawValue: Int64) { self.rawValue = rawValue }

    /// Orders by age of the account.
    public static func < (left: PersonID, right: PersonID) -> Bool { left.rawValue < right.rawValue }

    /// The number.
    public var description: String { String(rawValue) }
}

/// The number of a sign-in session; it is not secret.
public struct SessionID: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    /// The number in the database, from 1.
    public let rawValue: Int64

    /// Wraps a number.
    public init(rawValue: Int64) { self.rawValue = rawValue }

    /// The number.
    public var description: String { String(rawValue) }
}
