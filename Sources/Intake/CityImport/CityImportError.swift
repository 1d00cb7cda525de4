public import Gazetteer

/// What makes a whole file unusable; a single bad record is a refusal in the report instead.
public enum CityImportError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file cannot be read.
    case unreadable(file: String)
    /// The file is larger than the limit, bytes.
    case tooLarge(file: String, limit: Int)
    /// Neither the name nor the columns reveal what the file holds.
    case unknownLayer(file: String, columns: [String])
    /// The name ends in neither `.csv` nor `.geojson`, and no format was given.
    case unknownFormat(file: String)
    /// The file is not what its format says.
    case malformed(file: String, line: Int, reason: String)
    /// Columns that the layer requires are missing.
    case missingColumns(file: String, layer: Layer, columns: [String])
    /// The import stopped after too many refused records; nothing is written.
    case tooManyRefusals(file: String, line: Int, count: Int)
    /// The sources of a whole city have no usable record of some layers.
    case missingLayers([Layer])
    /// The districts of the file overlap or leave a gap.
    case districtsAreNoPartition(file: String, reason: String)

    /// The reason and what to do.
    public var description: String {
        switch self {
        case .unreadable(let file): "\(file): cannot be read; check the path and the rights"
        case .tooLarge(let file, let limit): "\(file): larger than \(limit / 1_000_000) MB; split it"
        case .unknownLayer(let file, let columns):
            "\(file): cannot tell what it holds from its name or its columns (\(columns.joined(separator: ", "))); "
                + "name it with --layer \(Layer.allCases.map(\.rawValue).joined(separator: "|"))"
        case .unknownFormat(let file):
            "\(file): the name ends in neither .csv nor .geojson; say --format csv or geojson"
        case .malformed(let file, let line, let reason): "\(file), line \(line): \(reason)"
        case .missingColumns(let file, let layer, let columns):
            "\(file): \(layer.rawValue) need the columns \(columns.joined(separator: ", "))"
        case .tooManyRefusals(let file, let line, let count):
            "\(file), line \(line): stopped after \(count) refused records, and nothing was written; "
                + "mend the file, or raise the limit with --max-refusals"
        case .missingLayers(let layers):
            "the sources have no usable record of \(layers.map(\.rawValue).joined(separator: ", ")), and nothing was written; "
                + "check that the folder data is complete"
        case .districtsAreNoPartition(let file, let reason):
            "\(file): the districts overlap or leave a gap, so none was taken: \(reason)"
        }
    }
}
