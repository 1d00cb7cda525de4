/// The number of an appeal in the database; it is internal and appears in no address.
///
/// What citizens and staff see is the `AppealNumber`.
public struct AppealID: RawRepresentable, Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
    /// The number, from 1.
    public let rawValue: Int64

    /// Wraps a number.
    public init(rawValue: Int64) { self.rawValue = rawValue }

    /// Orders by age.
    public static func < (left: AppealID, right: AppealID) -> Bool { left.rawValue < right.rawValue }

    /// The number.
    public var description: String { String(rawValue) }
}
