public import Foundation
public import Gazetteer

/// The city that ships with the program: the files of `data/`, in loading order.
public struct EmbeddedCity: Sendable {
    private let folder: URL
    private let label: String?

    /// Uses the files of a folder.
    ///
    /// - Parameter label: what reports put before the names of the files; nil puts nothing.
    public init(folder: URL, label: String? = nil) { (self.folder, self.label) = (folder, label) }

    /// The files that exist.
    ///
    /// - Throws: `CityImportError` when one cannot be read.
    public func files() throws(CityImportError) -> [ImportFile] {
        var files: [ImportFile] = []
        for layer in Layer.allCases {
            for format in ImportFile.Format.allCases {
                let name = "\(layer.rawValue).\(format.rawValue)"
                let url = folder.appending(path: name)
                guard FileManager.default.fileExists(atPath: url.path) else { continue }
                let shown = label.map { "\($0)/\(name)" }
                files.append(try ImportFile(at: url, named: shown, format: format, layer: layer))
            }
        }
        return files
    }

    /// The files of several folders, layer by layer, since records refer to those of layers before theirs.
    ///
    /// - Throws: `CityImportError` when one cannot be read.
    public static func files(of cities: [EmbeddedCity]) throws(CityImportError) -> [ImportFile] {
        var files: [ImportFile] = []
        for city in cities { files += try city.files() }
        let order = Layer.allCases
        return files.enumerated().sorted { first, second in
            let places = [first, second].map { order.firstIndex(of: $0.element.statedLayer ?? .categories) ?? 0 }
            return (places[0], first.offset) < (places[1], second.offset)
        }
        .map(\.element)
    }

    /// Reads the city into a draft.
    ///
    /// - Returns: the report.
    /// - Throws: `CityImportError` when a file is unusable, or what the draft throws.
    public func load(
        into draft: any CityDraft,
        progress: GazetteerImport.Progress = { _, _ in }
    ) throws -> ImportReport {
        var load = try GazetteerImport(into: draft)
        for file in try files() { try load.read(file, progress: progress) }
        return load.report
    }
}
