import ArgumentParser
import AtomicFile
import Console
import Foundation
import Gazetteer
import Geo
import MapSite
import SiteKit
import Tiles

/// Exports the source features of a layer for other programs that make tiles or maps.
struct TilesExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a layer's features whole, as GeoJSON, one feature a line."
    )

    @Option(help: "The tileset, such as basemap.")
    var layer: String

    @Option(help: "The folder to write SUBLAYER.geojsonl into.")
    var output: String

    @OptionGroup var database: DatabaseOption

    func run() async throws {
        let city = try await database.city()
        let contents = CityTileContents(snapshot: try await city.snapshot()).contents(of: layer)
        if contents.isEmpty { throw ValidationError("There is no layer \(layer).") }
        let folder = URL(filePath: output)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, content) in contents.sorted(by: { $0.key < $1.key }) {
            var text = Data()
            for feature in content.features {
                text.append(try JSONSerialization.data(withJSONObject: object(feature), options: [.sortedKeys]))
                text.append(UInt8(ascii: "\n"))
            }
            try AtomicFile.write(text, to: folder.appending(path: "\(name).geojsonl"))
            print("\(name): \(content.features.count)")
        }
    }

    private func object(_ feature: TileFeature) -> [String: Any] {
        ["type": "Feature", "properties": feature.properties.mapValues(value), "geometry": geometry(feature.shape)]
    }

    private func value(_ value: TileValue) -> Any {
        switch value {
        case .text(let text): text
        case .number(let number): number
        case .decimal(let number): number
        case .flag(let flag): flag
        }
    }

    private func geometry(_ shape: TileFeature.Shape) -> [String: Any] {
        func position(_ point: Coordinate) -> [Double] { [point.longitude, point.latitude] }
        switch shape {
        case .point(let point): return ["type": "Point", "coordinates": position(point)]
        case .lines(let lines): return ["type": "MultiLineString", "coordinates": lines.map { $0.map(position) }]
        case .area(let area):
            let rings = area.polygons.map { $0.rings.map { $0.coordinates.map(position) } }
            return ["type": "MultiPolygon", "coordinates": rings]
        }
    }
}
