public import Foundation
public import Gazetteer

/// The city that ships with the program: the files of `data/`, in loading order.
public struct EmbeddedCity: Sendable {
    private let folder: URL

    /// Uses the files of a folder.
    public init(folder: URL) { self.folder = folder }

    /// The files that exist.
    ///
    /// - Throws: `CityImportError` when one cannot be read.
    public func files() throws(CityImportError) -> [ImportFile] {
        var files: [ImportFile] = []
        for layer in Layer.allCases {
            for format in ImportFile.Format.allCases {
                let url = folder.appending(path: "\(layer.rawValue).\(format.rawValue)")
                guard FileManager.default.fileExists(atPath: url.path) else { continue }
                files.append(try ImportFile(at: url, format: format, layer: layer))
            }
        }
        return files
    }

    /// Reads the city into a new import.
    ///
    /// - Throws: `CityImportError` when a file is unusable.
    public func load(
        into current: GazetteerContents = .init(),
        progress: GazetteerImport.Progress = { _, _ in }
    ) throws(CityImportError) -> GazetteerImport {
        var load = GazetteerImport(into: current)
        for file in try files() { try load.read(file, progress: progress) }
        return load
    }
}
