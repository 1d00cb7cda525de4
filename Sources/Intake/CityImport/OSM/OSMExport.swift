public import Civic
public import Gazetteer

/// The city as an OpenStreetMap file, for programs that read such files.
///
/// Streets and rivers are ways that share the nodes of their crossings; microdistricts, houses and institutions are
/// nodes; districts and the city are boundary relations. `ref:openalmaty` holds the id of the record. Ids of elements
/// are valid within the file only: they are not ids of OpenStreetMap, and the file states that it is not for upload.
public struct OSMExport: Sendable {
    /// What the file contains and states about itself.
    public struct Options: Sendable {
        /// The language of `name`, `addr:street`, `addr:place` and `addr:city`.
        public var language: Language
        /// Whether to include houses and institutions whose position is only approximate, marked with `fixme`.
        public var includesApproximate: Bool
        /// The program that wrote the file, with its version.
        public var generator: String
        /// The attribution required where the data is shown.
        public var attribution: String

        /// Makes options; the default language is Russian, in which every record has a name.
        public init(
            language: Language = .ru,
            includesApproximate: Bool = false,
            generator: String,
            attribution: String
        ) {
            self.language = language
            self.includesApproximate = includesApproximate
            self.generator = generator
            self.attribution = attribution
        }
    }

    /// How many records of a layer the file contains, out of how many.
    public struct Count: Sendable, Equatable {
        /// The layer of the records.
        public let layer: Layer
        /// How many are in the file.
        public let taken: Int
        /// How many the gazetteer has.
        public let total: Int
    }

    /// The number of records included, by layer.
    public let counts: [Count]
    private let document: OSMDocument
    private let options: Options

    /// Converts the records to elements.
    public init(_ contents: GazetteerContents, options: Options) {
        var document = OSMDocument()
        let naming = OSMNaming(language: options.language)
        let houses = OSMHouses(contents, naming: naming, approximate: options.includesApproximate)
        let microdistricts = houses.addMicrodistricts(to: &document)
        let addresses = houses.addAddresses(to: &document)
        let organizations = houses.addOrganizations(to: &document)
        let streets = OSMStreets(contents).add(to: &document, naming: naming)
        let districts = OSMBorders(contents.districts).add(to: &document, naming: naming)
        counts = [
            Count(layer: .districts, taken: districts, total: contents.districts.count),
            Count(layer: .microdistricts, taken: microdistricts, total: contents.microdistricts.count),
            Count(layer: .streets, taken: streets, total: contents.streets.count),
            Count(layer: .addresses, taken: addresses, total: contents.addresses.count),
            Count(layer: .organizations, taken: organizations, total: contents.organizations.count),
        ]
        self.document = document
        self.options = options
    }

    /// Writes the file, UTF-8, a piece at a time.
    ///
    /// - Parameter sink: takes each piece.
    /// - Throws: what `sink` throws.
    public func write(to sink: (String) throws -> Void) throws {
        try withoutActuallyEscaping(sink) { sink in
            var writer = OSMXMLWriter(sink: sink)
            try writer.write(
                document,
                header: [
                    ("generator", options.generator), ("copyright", options.attribution),
                    ("attribution", "https://www.openstreetmap.org/copyright"),
                    ("license", "https://opendatacommons.org/licenses/odbl/1-0/"), ("upload", "never"),
                ]
            )
        }
    }
}
