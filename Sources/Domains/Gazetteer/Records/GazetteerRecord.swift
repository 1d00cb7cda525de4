/// A kind of record in the gazetteer, in the order in which files must be loaded.
public enum Layer: String, Sendable, Hashable, CaseIterable {
    /// The category tree of the directory.
    case categories
    /// The districts and their borders.
    case districts
    /// The bodies responsible for the districts.
    case authorities
    /// Microdistricts, villages and garden societies.
    case microdistricts
    /// Streets with their old and other-language names.
    case streets
    /// Houses with a position.
    case addresses
    /// Institutions and places.
    case organizations
    /// Public transport stops.
    case stops
    /// City blocks.
    case blocks
    /// The axes of streets and of waterways.
    case streetLines = "street_lines"
    /// Where two streets meet.
    case crossings
    /// The house numbers along each side of a street.
    case houseRanges = "house_ranges"
}

/// A record that can be read from fields and written back without loss.
public protocol GazetteerRecord: Sendable, Equatable {
    /// The layer the record belongs to.
    static var layer: Layer { get }

    /// The columns that a file of this layer must have; `geometry` stands for a shape.
    static var requiredColumns: [String] { get }

    /// The id, unique in its layer.
    var key: String { get }

    /// Reads a record.
    ///
    /// - Throws: `RecordError` naming the first column that is missing or wrong.
    init(_ fields: Fields) throws(RecordError)

    /// The record as texts and a shape.
    var fields: Fields { get }
}
