/// The number of a person's account; it is never given twice, so what outlives the account names nobody else.
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

/// The number of a sign-in session, which a person sees in the list of sessions; it is no secret.
public struct SessionID: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    /// The number in the database, from 1.
    public let rawValue: Int64

    /// Wraps a number.
    public init(rawValue: Int64) { self.rawValue = rawValue }

    /// The number.
    public var description: String { String(rawValue) }
}
