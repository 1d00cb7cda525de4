public import Gazetteer
public import Geo

/// What was derived from the facts: lines, crossings, house ranges, and what is to be told about them.
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
        /// The unbroken pieces, WGS 84 degrees.
        public let parts: [[Coordinate]]
        /// 1 for great avenues to 5 for lanes.
        public let rank: Int
        /// Middle width between the blocks, metres; nil where it was not measured.
        public let width: Double?
        /// Length of all pieces, metres.
        public let length: Double
        /// How far the axis may lie from the line, metres.
        public let precision: Double
        /// How many pairs of blocks it runs between.
        public let pairs: Int
        /// How far it is to be trusted.
        public let confidence: Confidence
    }

    /// Where two streets meet.
    public struct Crossing: Sendable, Equatable {
        /// `crossing-`, the two ids in order, and a number when they meet more than once.
        public let id: String
        /// The street whose id comes first.
        public let first: Street.ID
        /// The other street.
        public let second: Street.ID
        /// The place.
        public let position: Coordinate
        /// How far off it may be, metres.
        public let precision: Double
        /// `derived`, or `transport-stops` where a stop alone tells it.
        public let source: String
        /// How far it is to be trusted.
        public let confidence: Confidence
    }

    /// House numbers along one side of a piece of a street.
    public struct HouseRange: Sendable, Equatable {
        /// Sides relative to the direction of the line.
        public enum Side: String, Sendable {
            /// On the left.
            case left
            /// On the right.
            case right
            /// The sides are not told apart.
            case both
        }

        /// Which numbers stand here.
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
        /// The number at the beginning, along the line.
        public let first: Int
        /// The number at the end.
        public let last: Int
        /// How many known houses it rests on.
        public let houses: Int
        /// The point of the line nearest to the first house.
        public let start: Coordinate
        /// The point of the line nearest to the last house.
        public let end: Coordinate
        /// How far along the line a house found by it may be off, metres.
        public let precision: Double
        /// How far it is to be trusted.
        public let confidence: Confidence
    }

    /// Streets and rivers by id.
    public var lines: [Line] = []
    /// Crossings by id.
    public var crossings: [Crossing] = []
    /// Ranges by id.
    public var ranges: [HouseRange] = []
    /// Texts of blocks that name no known street, with their number.
    public var unmatched: [String: Int] = [:]
}
