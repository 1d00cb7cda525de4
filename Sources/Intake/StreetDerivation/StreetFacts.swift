public import Gazetteer
public import Geo

/// What streets are derived from: names, blocks that name them, and points that lie on them.
public struct StreetFacts: Sendable {
    /// A city block with the names of the streets around it as the source writes them.
    public struct NamedBlock: Sendable {
        /// Its id.
        public let id: String
        /// The bounding streets and rivers as texts.
        public let streets: [String]
        /// Its area; nil when only its centre is known.
        public let shape: MultiPolygon?
        /// Its centre, WGS 84 degrees.
        public let centre: Coordinate

        /// Makes a block.
        public init(id: String, streets: [String], shape: MultiPolygon?, centre: Coordinate) {
            self.id = id
            self.streets = streets
            self.shape = shape
            self.centre = centre
        }
    }

    /// The streets, whose ids the result carries.
    public let streets: [Street]
    /// Names of microdistricts and villages.
    public let localities: [String]
    /// The blocks.
    public let blocks: [NamedBlock]
    /// Houses with a position.
    public let addresses: [Address]
    /// Stops of public transport, some named after crossings.
    public let stops: [Stop]

    /// The city's area; if empty, every place counts as inside.
    public let city: [MultiPolygon]

    /// Makes facts.
    public init(
        streets: [Street],
        localities: [String] = [],
        blocks: [NamedBlock],
        addresses: [Address] = [],
        stops: [Stop] = [],
        city: [MultiPolygon] = []
    ) {
        self.streets = streets
        self.localities = localities
        self.blocks = blocks
        self.addresses = addresses
        self.stops = stops
        self.city = city
    }

    /// Whether a place belongs to the city; records are kept only for such places.
    func isInCity(_ place: Coordinate) -> Bool { city.isEmpty || city.contains { $0.covers(place) } }
}
