public import Foundation
public import Gazetteer

/// A file to import: what it is, and its bytes.
public struct ImportFile: Sendable {
    /// The forms a file can have.
    public enum Format: String, Sendable, CaseIterable {
        /// Comma-separated values.
        case csv
        /// GeoJSON, a FeatureCollection.
        case geojson
    }

    /// The largest file that is read at once, bytes.
    public static let largest = 512_000_000

    /// The file's name without its folder.
    public let name: String
    /// Its form.
    public let format: Format
    /// What it holds, when the operator said so.
    public let statedLayer: Layer?
    let bytes: [UInt8]

    /// Makes a file from bytes.
    ///
    /// - Throws: `IngestError.unknownFormat` when neither the name nor `format` tells the form.
    public init(name: String, bytes: [UInt8], format: Format? = nil, layer: Layer? = nil) throws(IngestError) {
        let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
        guard let form = format ?? (ending == "json" ? .geojson : Format(rawValue: ending)) else {
            throw .unknownFormat(file: name)
        }
        self.name = name
        self.bytes = bytes
        self.format = form
        statedLayer = layer
    }

    /// Reads a file from disk.
    ///
    /// - Throws: `IngestError` when it cannot be read, is too large, or its form is unknown.
    public init(at url: URL, format: Format? = nil, layer: Layer? = nil) throws(IngestError) {
        let name = url.lastPathComponent
        let size = (try? url.resourceValues(forKeys: [.fileSizeKey]))?.fileSize ?? 0
        guard size <= Self.largest else { throw .tooLarge(file: name, limit: Self.largest) }
        guard let data = try? Data(contentsOf: url) else { throw .unreadable(file: name) }
        try self.init(name: name, bytes: [UInt8](data), format: format, layer: layer)
    }

    /// The layer: stated, or told by the name, or by the columns.
    func layer(columns: [String]) throws(IngestError) -> Layer {
        if let statedLayer { return statedLayer }
        let stem = name.split(separator: ".").first.map(String.init) ?? name
        if let named = Layer(rawValue: stem) { return named }
        let known = Set(columns)
        let fitting = Layer.allCases.filter { layer in
            Set(RecordKind.of(layer).requiredColumns).isSubset(of: known)
        }
        guard let best = fitting.max(by: { fits($0) < fits($1) }) else {
            throw .unknownLayer(file: name, columns: columns.filter { $0 != "geometry" })
        }
        return best
    }

    private func fits(_ layer: Layer) -> Int { RecordKind.of(layer).requiredColumns.count }
}

/// The record type of each layer.
enum RecordKind {
    static func of(_ layer: Layer) -> any GazetteerRecord.Type {
        switch layer {
        case .categories: Gazetteer.Category.self
        case .districts: District.self
        case .authorities: Authority.self
        case .microdistricts: Microdistrict.self
        case .streets: Street.self
        case .addresses: Address.self
        case .organizations: Organization.self
        case .stops: Stop.self
        case .blocks: Block.self
        case .streetLines: StreetLine.self
        case .crossings: Crossing.self
        case .houseRanges: HouseRange.self
        }
    }
}
