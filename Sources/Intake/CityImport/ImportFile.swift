public import Foundation
public import Gazetteer

/// A file to import: its format, its layer, and where its bytes are.
public struct ImportFile: Sendable {
    /// The supported formats.
    public enum Format: String, Sendable, CaseIterable {
        /// Comma-separated values.
        case csv
        /// GeoJSON, a FeatureCollection.
        case geojson
    }

    private enum Source: Sendable {
        case bytes([UInt8])
        case file(URL)
    }

    /// The largest file that is read, in bytes; it is read piece by piece.
    public static let largest = 256_000_000

    /// The file's name without its folder.
    public let name: String
    /// Its format.
    public let format: Format
    /// Its layer, if the operator stated it.
    public let statedLayer: Layer?
    /// Its size in bytes.
    let size: Int
    private let source: Source

    /// Makes a file from bytes.
    ///
    /// - Throws: `CityImportError.unknownFormat` when neither the name nor `format` states the format.
    public init(name: String, bytes: [UInt8], format: Format? = nil, layer: Layer? = nil) throws(CityImportError) {
        try self.init(name, .bytes(bytes), size: bytes.count, format, layer)
    }

    /// Refers to a file on disk; it is read when it is imported.
    ///
    /// - Throws: `CityImportError` when it cannot be read, is too large, or its format is unknown.
    public init(at url: URL, format: Format? = nil, layer: Layer? = nil) throws(CityImportError) {
        let name = url.lastPathComponent
        let url = url.resolvingSymlinksInPath()
        let values = try? url.resourceValues(forKeys: [.fileSizeKey, .isRegularFileKey])
        guard values?.isRegularFile == true else {
            try self.init(name: name, bytes: try Self.pipe(url), format: format, layer: layer)
            return
        }
        guard let size = values?.fileSize else { throw .unreadable(file: name) }
        guard size <= Self.largest else { throw .tooLarge(file: name, limit: Self.largest) }
        try self.init(name, .file(url), size: size, format, layer)
        _ = try stream()
    }

    private init(
        _ name: String,
        _ source: Source,
        size: Int,
        _ format: Format?,
        _ layer: Layer?
    ) throws(CityImportError) {
        self.format = try Self.format(name, format)
        self.name = name
        self.size = size
        self.source = source
        statedLayer = layer
    }

    // Data from a pipe cannot be read twice.
    private static func pipe(_ url: URL) throws(CityImportError) -> [UInt8] {
        let name = url.lastPathComponent
        guard let file = try? FileHandle(forReadingFrom: url), let data = try? file.read(upToCount: largest + 1) else {
            throw .unreadable(file: name)
        }
        guard data.count <= largest else { throw .tooLarge(file: name, limit: largest) }
        return [UInt8](data)
    }

    /// Its bytes from the beginning.
    ///
    /// - Throws: `CityImportError.unreadable`.
    package func stream() throws(CityImportError) -> ByteStream {
        switch source {
        case .bytes(let bytes): return ByteStream(bytes)
        case .file(let url):
            guard let file = try? FileHandle(forReadingFrom: url) else { throw .unreadable(file: name) }
            return ByteStream(file)
        }
    }

    private static func format(_ name: String, _ stated: Format?) throws(CityImportError) -> Format {
        let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
        guard let form = stated ?? (ending == "json" ? .geojson : Format(rawValue: ending)) else {
            throw .unknownFormat(file: name)
        }
        return form
    }

    /// The layer stated by the operator or by the file name.
    var namedLayer: Layer? {
        statedLayer ?? Layer(rawValue: name.split(separator: ".").first.map(String.init) ?? name)
    }

    /// The layer as stated, or as recognised from the name or the columns.
    func layer(columns: [String]) throws(CityImportError) -> Layer {
        if let namedLayer { return namedLayer }
        let known = Set(columns)
        let fitting = Layer.allCases.filter { layer in
            Set(layer.kind.requiredColumns).isSubset(of: known)
        }
        guard let best = fitting.max(by: { fits($0) < fits($1) }) else {
            throw .unknownLayer(file: name, columns: columns.filter { $0 != "geometry" })
        }
        return best
    }

    private func fits(_ layer: Layer) -> Int { layer.kind.requiredColumns.count }
}
