public import Foundation

/// Where the program finds its files: the city's data, the fetched assets, the templates.
public struct ResourcePaths: Sendable {
    /// The bundled city data.
    public let data: URL
    /// The declarations of the map.
    public let tiles: URL
    /// Third-party web files, fetched by the install step.
    public let vendor: URL
    private let program: URL
    private let root: URL

    /// Finds the files.
    ///
    /// - Parameters:
    ///   - folder: the folder that holds `data/` and `vendor/`; nil searches upwards from the working directory and from the
    ///     executable.
    ///   - executable: the path of the running program; the build puts the resources beside it.
    /// - Throws: `SiteError.missingFolder`.
    public init(
        folder: String? = nil,
        executable: String = Bundle.main.executablePath ?? CommandLine.arguments[0]
    ) throws(SiteError) {
        let working = URL(filePath: FileManager.default.currentDirectoryPath)
        let program = URL(filePath: executable).resolvingSymlinksInPath()
        let starts = folder.map { [URL(filePath: $0)] } ?? (Self.upwards(working) + Self.upwards(program))
        guard let home = starts.first(where: { Self.exists($0.appending(path: "data/districts.geojson")) }) else {
            throw .missingFolder(folder ?? "data/", purpose: "it holds the embedded city")
        }
        data = home.appending(path: "data")
        tiles = home.appending(path: "tiles")
        vendor = home.appending(path: "vendor")
        (self.program, root) = (program.deletingLastPathComponent(), home)
    }

    /// The folder with the templates, words and public files of a module.
    ///
    /// The build puts it beside the executable; where it is missing there, the folder among the sources is used.
    ///
    /// - Throws: `SiteError.missingFolder`.
    package func resources(of module: String) throws(SiteError) -> URL {
        let candidates = [
            program.appending(path: "OpenAlmaty_\(module).resources/Resources"),
            root.appending(path: "Sources/Site/\(module)/Resources"),
        ]
        guard let folder = candidates.first(where: { Self.exists($0) }) else {
            throw .missingFolder(candidates[0].path, purpose: "it holds the templates and words of \(module)")
        }
        return folder
    }

    private static func exists(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path) }

    private static func upwards(_ start: URL) -> [URL] {
        var folders = [start]
        while let last = folders.last, last.path != "/", folders.count < 12 {
            folders.append(last.deletingLastPathComponent())
        }
        return folders
    }
}

/// Facts about the product as a whole.
public enum Product {
    /// The version of the program.
    public static let version = "0.1.0"
    /// The short number of the contact centre of the akimat of Almaty, dialled from the city's networks.
    static let akimatNumber = "1308"
}
