public import Geo

/// The description of a pin: the houses, street, crossing and named features near it, each with its distance.
public struct ReverseAnswer: Sendable {
    /// A house near the pin.
    public struct House: Sendable, Equatable {
        /// Its index in the address book.
        public let address: Int
        /// Metres from the pin.
        public let distance: Double
        /// The side of its street, looking in the direction of increasing numbers; nil when unknown.
        public let side: StreetSide?
        /// Whether the pin lies on the same side of that street; nil when either side is unknown.
        public let isOnSideOfPin: Bool?
    }

    /// The nearest street.
    public struct Street: Sendable, Equatable {
        /// Its index in the address book.
        public let street: Int
        /// Metres from the pin to its line.
        public let distance: Double
        /// The point of its line nearest to the pin, WGS 84.
        public let foot: Coordinate
        /// The side of the pin, looking in the direction of increasing numbers; nil on the line, past its end, or far away.
        public let side: StreetSide?
        /// The usual parity on that side; nil where the known houses do not determine it.
        public let parity: HouseRange.Parity?
        /// The likely number of a house here; nil where no known house is near enough.
        public let likelyNumber: LikelyNumber?
    }

    /// The nearest crossing.
    public struct Crossing: Sendable, Equatable {
        /// Its index in the snapshot's list.
        public let crossing: Int
        /// The indexes of its two streets in the address book, smaller first.
        public let streets: [Int]
        /// Metres from the pin.
        public let distance: Double
    }

    /// The microdistrict around the pin.
    public struct Microdistrict: Sendable {
        /// The microdistrict.
        public let microdistrict: Gazetteer.Microdistrict
        /// Metres from the pin to its centre; nil when the centre is unknown.
        public let distance: Double?
        /// Whether it is the microdistrict of the nearest house; otherwise it is the one with the nearest centre.
        public let isOfNearestHouse: Bool
    }

    /// A named thing.
    public struct Place: Sendable, Equatable {
        /// The thing, by its index in its list.
        public enum Subject: Sendable, Equatable {
            /// A block that is a park, and the park in the directory when known.
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

        /// The thing.
        public let subject: Subject
        /// Metres from the pin; 0 inside.
        public let distance: Double
        /// The direction from the thing to the pin; nil inside it, or when the thing has no single point.
        public let direction: CompassDirection?
        /// Whether it covers the pin.
        public let isInside: Bool
    }

    /// How precisely the pin is described.
    public enum Precision: String, Sendable {
        /// By a known house.
        case house
        /// By a street.
        case street
        /// Only by the surroundings.
        case area
    }

    /// The district's index in the district map; nil outside the city.
    public let district: Int?
    /// The nearest houses, nearest first.
    public let houses: [House]
    /// The nearest street; nil when no street has a known line.
    public let street: Street?
    /// The nearest crossing within reach.
    public let crossing: Crossing?
    /// The microdistrict, if one is near enough.
    public let microdistrict: Microdistrict?
    /// The park that covers the pin; otherwise, where no house is near, the nearest named thing.
    public let place: Place?
    /// How precisely the pin is described.
    public let precision: Precision
}
