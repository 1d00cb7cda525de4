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

    /// What reports call the file.
    public let name: String
    /// Its format.
    public let format: Format
    /// Its layer, if the operator stated it.
    public let statedLayer: Layer?
    /// Its size in bytes.
    let size: Int
    private let source: Source
    // Without its folder; it tells the layer and the format.
    private let fileName: String

    /// The names by which a report calls files: without folders where that is unambiguous, else as given, and with a number if
    /// the same one is given again.
    public static func names(of paths: [String]) -> [String] {
        let last = paths.map { URL(filePath: $0).lastPathComponent }
        var times: [String: Int] = [:]
        return zip(paths, last).map { path, name in
            let name = last.count(where: { $0 == name }) > 1 ? path : name
            times[name, default: 0] += 1
            return times[name] == 1 ? name : "\(name) (\(times[name] ?? 0))"
        }
    }

    /// Makes a file from bytes.
    ///
    /// - Throws: `CityImportError.unknownFormat` when neither the name nor `format` states the format.
    public init(name: String, bytes: [UInt8], format: Format? = nil, layer: Layer? = nil) throws(CityImportError) {
        try self.init(name, .bytes(bytes), size: bytes.count, format, layer, fileName: name)
    }

    /// Refers to a file on disk; it is read when it is imported.
    ///
    /// - Parameter name: what reports call it; nil calls it by its name without the folder.
    /// - Throws: `CityImportError` when it cannot be read, is too large, or its format is unknown.
    public init(
        at url: URL,
        named name: String? = nil,
        format: Format? = nil,
        layer: Layer? = nil
    ) throws(CityImportError) {
        let fileName = url.lastPathComponent
        let name = name ?? fileName
        let url = url.resolvingSymlinksInPath()
        let values = try? url.resourceValues(forKeys: [.fileSizeKey, .isRegularFileKey])
        guard values?.isRegularFile == true else {
            let bytes = try Self.pipe(url, name)
            try self.init(name, .bytes(bytes), size: bytes.count, format, layer, fileName: fileName)
            return
        }
        guard let size = values?.fileSize else { throw .unreadable(file: name) }
        guard size <= Self.largest else { throw .tooLarge(file: name, limit: Self.largest) }
        try self.init(name, .file(url), size: size, format, layer, fileName: fileName)
        _ = try stream()
    }

    private init(
        _ name: String,
        _ source: Source,
        size: Int,
        _ format: Format?,
        _ layer: Layer?,
        fileName: String
    ) throws(CityImportError) {
        self.format = try Self.format(of: fileName, format, name)
        (self.name, self.fileName) = (name, fileName)
        self.size = size
        self.source = source
        statedLayer = layer
    }

    // Data from a pipe cannot be read twice.
    private static func pipe(_ url: URL, _ name: String) throws(CityImportError) -> [UInt8] {
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

    private static func format(
        of fileName: String,
        _ stated: Format?,
        _ name: String
    ) throws(CityImportError) -> Format {
        let ending = fileName.split(separator: ".").last.map { $0.lowercased() } ?? ""
        guard let form = stated ?? (ending == "json" ? .geojson : Format(rawValue: ending)) else {
            throw .unknownFormat(file: name)
        }
        return form
    }

    /// The layer stated by the operator or by the file name.
    var namedLayer: Layer? {
        statedLayer ?? Layer(rawValue: fileName.split(separator: ".").first.map(String.init) ?? fileName)
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
