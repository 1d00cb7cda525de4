public import Foundation

/// Where the program finds its files: the city's data, the fetched assets, the templates.
public struct Home: Sendable {
    /// The bundled city data.
    public let data: URL
    /// The declarations of the map.
    public let tiles: URL
    /// Third-party web files, fetched by the install step.
    public let vendor: URL
    let templates: URL
    let languages: URL
    let publicFiles: URL

    /// Finds the files.
    ///
    /// - Parameters:
    ///   - folder: the folder that holds `data/` and `vendor/`; nil searches upwards from the working directory and from the
    ///     executable.
    ///   - executable: the path of the running program; the build puts the resources beside it.
    /// - Throws: `WebError.missingFolder`.
    public init(
        folder: String? = nil,
        executable: String = Bundle.main.executablePath ?? CommandLine.arguments[0]
    ) throws(WebError) {
        let working = URL(filePath: FileManager.default.currentDirectoryPath)
        let program = URL(filePath: executable).resolvingSymlinksInPath()
        let starts = folder.map { [URL(filePath: $0)] } ?? (Self.upwards(working) + Self.upwards(program))
        guard let home = starts.first(where: { Self.exists($0.appending(path: "data/districts.geojson")) }) else {
            throw .missingFolder(folder ?? "data/", purpose: "it holds the embedded city")
        }
        data = home.appending(path: "data")
        tiles = home.appending(path: "tiles")
        vendor = home.appending(path: "vendor")
        let candidates = [
            program.deletingLastPathComponent().appending(path: "OpenAlmaty_Web.resources/Resources"),
            home.appending(path: "Sources/Site/Web/Resources"),
        ]
        guard let resources = candidates.first(where: { Self.exists($0.appending(path: "Templates")) }) else {
            throw .missingFolder(candidates[0].path, purpose: "it holds the page templates")
        }
        templates = resources.appending(path: "Templates")
        languages = resources.appending(path: "Locale")
        publicFiles = resources.appending(path: "Public")
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
public enum Portal {
    /// The version of the program.
    public static let version = "0.1.0"
    /// The short number of the contact centre of the akimat of Almaty, dialled from the city's networks.
    static let akimatNumber = "1308"
}
