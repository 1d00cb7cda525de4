public import Geo

/// What is known about a pin: the houses, street, crossing and named things near it, each with its distance.
public struct ReverseAnswer: Sendable {
    /// A house near the pin.
    public struct House: Sendable, Equatable {
        /// Its place in the address book.
        public let address: Int
        /// Metres from the pin.
        public let distance: Double
        /// The side of its street on which it stands, looking along the rising numbers; nil where that is not known.
        public let side: StreetSide?
        /// Whether the pin lies on the same side of that street; nil where one of the two is not known.
        public let isOnSideOfPin: Bool?
    }

    /// The nearest street.
    public struct Street: Sendable, Equatable {
        /// Its place in the address book.
        public let street: Int
        /// Metres from the pin to its line.
        public let distance: Double
        /// The point of its line nearest to the pin, WGS 84.
        public let foot: Coordinate
        /// The side on which the pin lies, looking along the rising numbers; nil on the line, past its end, or far away.
        public let side: StreetSide?
        /// The parity usual on that side; nil where the known houses do not tell.
        public let parity: HouseRange.Parity?
        /// The number that a house here is likely to have; nil where no known house is near enough to tell.
        public let likelyNumber: LikelyNumber?
    }

    /// The nearest crossing.
    public struct Crossing: Sendable, Equatable {
        /// Its place in the snapshot's list.
        public let crossing: Int
        /// The places of its two streets in the address book, the smaller first.
        public let streets: [Int]
        /// Metres from the pin.
        public let distance: Double
    }

    /// The microdistrict around the pin.
    public struct Microdistrict: Sendable {
        /// The microdistrict.
        public let microdistrict: Gazetteer.Microdistrict
        /// Metres from the pin to its middle; nil where no middle is known.
        public let distance: Double?
        /// Whether the nearest house belongs to it; otherwise it is the one with the nearest middle.
        public let isOfNearestHouse: Bool
    }

    /// A named thing.
    public struct Place: Sendable, Equatable {
        /// What it is, by its place in its list.
        public enum Subject: Sendable, Equatable {
            /// A block that is a park, and the park in the directory where that is known.
            case park(block: Int, organization: Int?)
            /// An organization.
            case organization(Int)
            /// A stop.
            case stop(Int)
            /// A microdistrict, village or garden society.
            case microdistrict(Int)
            /// A district.
            case district(Int)
        }

        /// What it is.
        public let subject: Subject
        /// Metres from the pin; 0 inside.
        public let distance: Double
        /// From the thing to the pin; nil inside and where the thing has no one point.
        public let direction: CompassDirection?
        /// Whether it covers the pin.
        public let isInside: Bool
    }

    /// How closely the pin is described.
    public enum Precision: String, Sendable {
        /// A known house is at hand.
        case house
        /// A street is.
        case street
        /// Only what is around.
        case area
    }

    /// The district's place in the district map; nil outside the city.
    public let district: Int?
    /// The nearest houses, nearest first.
    public let houses: [House]
    /// The nearest street; nil when no street's line is known.
    public let street: Street?
    /// The nearest crossing within reach.
    public let crossing: Crossing?
    /// The microdistrict, when one is near enough.
    public let microdistrict: Microdistrict?
    /// The park that covers the pin; else, where no house is near, the nearest named thing.
    public let place: Place?
    /// How closely all this describes the pin.
    public let precision: Precision
}
