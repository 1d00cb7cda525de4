/// One answer of a nearest-neighbour search: the position in the input and the ground distance in metres.
@frozen
public struct Neighbour: Hashable, Sendable {
    /// Position in the array the index was built from.
    public let index: Int
    /// Ground distance in metres.
    public let distance: Double

    /// Makes an answer from its parts.
    @inlinable
    public init(index: Int, distance: Double) {
        self.index = index
        self.distance = distance
    }
}
