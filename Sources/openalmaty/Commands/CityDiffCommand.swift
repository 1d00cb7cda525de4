import ArgumentParser
import Console
import Foundation
import Gazetteer
import SQLiteStore

struct CityDiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Tell which records two city files do not have in common, or have with other contents."
    )

    @Argument(help: "The earlier city file.")
    var old: String

    @Argument(help: "The later city file.")
    var new: String

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let difference = try CityDifference(from: CityFile(path: old), to: CityFile(path: new))
        if json { return try printJSON(difference.layers.map(LayerJSON.init)) }
        for changes in difference.layers where !changes.isEmpty {
            print(
                "\(changes.layer.rawValue): \(changes.added.count) added, \(changes.changed.count) changed, "
                    + "\(changes.deleted.count) deleted"
            )
            for (sign, keys) in [("+", changes.added), ("~", changes.changed), ("-", changes.deleted)] {
                for key in keys { print("  \(sign) \(key)") }
            }
        }
    }
}

private struct LayerJSON: Encodable {
    let layer: String
    let added: [String]
    let changed: [String]
    let deleted: [String]

    init(_ changes: CityDifference.Changes) {
        layer = changes.layer.rawValue
        (added, changed, deleted) = (changes.added, changes.changed, changes.deleted)
    }
}
