public import Gazetteer
public import Geo

/// What was derived from the facts: lines, crossings, house ranges, and texts to report.
public struct DerivedStreets: Sendable, Equatable {
    /// The axis of a street or a river.
    public struct Line: Sendable, Equatable {
        /// `line-` and the street's id, or `water-` and the river's name.
        public let id: String
        /// The street; nil for a river.
        public let street: Street.ID?
        /// The street's kind, or `river`.
        public let kind: String
        /// The river's names; empty for a street, whose record has them.
        public let names: Names
        /// The unbroken parts, WGS 84 degrees.
        public let parts: [[Coordinate]]
        /// 1 for great avenues to 5 for lanes.
        public let rank: Int
        /// Median width between the blocks, metres; nil if it was not measured.
        public let width: Double?
        /// Length of all parts, metres.
        public let length: Double
        /// How far the true axis may lie from the line, metres.
        public let precision: Double
        /// The number of pairs of blocks that it runs between.
        public let pairs: Int
        /// The confidence in the line.
        public let confidence: Confidence
    }

    /// Where two streets meet.
    public struct Crossing: Sendable, Equatable {
        /// `crossing-`, the two ids in order, and a number if they meet more than once.
        public let id: String
        /// The street whose id comes first.
        public let first: Street.ID
        /// The other street.
        public let second: Street.ID
        /// The position, WGS 84 degrees.
        public let position: Coordinate
        /// How far the position may be off, metres.
        public let precision: Double
        /// `derived`, or `transport-stops` if only stops show it.
        public let source: String
        /// The confidence in the crossing.
        public let confidence: Confidence
    }

    /// House numbers along one side of a part of a street.
    public struct HouseRange: Sendable, Equatable {
        /// Sides relative to the direction of the line.
        public enum Side: String, Sendable {
            /// On the left.
            case left
            /// On the right.
            case right
            /// The sides are not distinguished.
            case both
        }

        /// Which house numbers occur.
        public enum Parity: String, Sendable {
            /// 1, 3, 5.
            case odd
            /// 2, 4, 6.
            case even
            /// All.
            case mixed
        }

        /// `range-`, the street's id and a number.
        public let id: String
        /// The street.
        public let street: Street.ID
        /// The side.
        public let side: Side
        /// The numbers' parity.
        public let parity: Parity
        /// The house number at the start, in the direction of the line.
        public let first: Int
        /// The number at the end.
        public let last: Int
        /// The number of known houses it is based on.
        public let houses: Int
        /// The point of the line nearest to the first house.
        public let start: Coordinate
        /// The point of the line nearest to the last house.
        public let end: Coordinate
        /// How far off a house located by it may be along the line, metres.
        public let precision: Double
        /// The confidence in the range.
        public let confidence: Confidence
    }

    /// Streets and rivers by id.
    public var lines: [Line] = []
    /// Crossings by id.
    public var crossings: [Crossing] = []
    /// Ranges by id.
    public var ranges: [HouseRange] = []
    /// Texts of blocks that match no known street, with how often each occurs.
    public var unmatched: [String: Int] = [:]
}
