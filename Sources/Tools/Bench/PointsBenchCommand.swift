import ArgumentParser
import Foundation
import Geo

/// Writes the synthetic points as an organizations file, so that every compared program is measured on the same data.
struct PointsBenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "points",
        abstract: "Write synthetic points as a file of organizations, for peers."
    )

    @Option(help: "How many.")
    var count = 50_000

    @Option(help: "The seed.")
    var seed: UInt64 = 1

    @Option(help: "The file to write.")
    var output: String

    func run() throws {
        let points = SyntheticPoints(count: count, seed: seed)
        var text = "id,category,name_ru,lon,lat,precision,source,confidence\n"
        for (index, point) in points.coordinates.enumerated() {
            let rare = points.masks[index] == SyntheticPoints.rare
            let category = rare ? "library" : "sports_ground"
            text += "synthetic-\(index),\(category),Точка \(index),\(point.longitude),\(point.latitude),exact,"
            text += "synthetic,low\n"
        }
        try text.write(toFile: output, atomically: true, encoding: .utf8)
    }
}
