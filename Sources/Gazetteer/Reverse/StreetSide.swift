/// A side of a street, looking along its rising house numbers.
public enum StreetSide: String, Sendable {
    /// On the left.
    case left
    /// On the right.
    case right

    var opposite: StreetSide { self == .left ? .right : .left }
}
