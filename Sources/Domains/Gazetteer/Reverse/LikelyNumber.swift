/// The likely number of a house, derived from its neighbours.
public struct LikelyNumber: Sendable, Equatable {
    /// The number.
    public let number: Int
    /// How far from the point the house with that number may be, metres.
    public let uncertainty: Double

    // Rounded to the parity of its side when known, and limited to the range of its neighbours.
    init(_ number: Double, _ parity: HouseRange.Parity?, in range: ClosedRange<Int>, uncertainty: Double) {
        self.uncertainty = uncertainty.rounded()
        let clamped = min(Double(range.upperBound), max(Double(range.lowerBound), number))
        let rounded = Int(clamped.rounded())
        guard let parity, !parity.holds(rounded) else {
            self.number = rounded
            return
        }
        let neighbour = clamped < Double(rounded) ? rounded - 1 : rounded + 1
        let other = 2 * rounded - neighbour
        self.number = range.contains(neighbour) ? neighbour : range.contains(other) ? other : rounded
    }
}
