public import CityImport
public import Foundation
import Gazetteer
import Geo

extension StreetFacts {
    /// Reads the facts from the files of a data folder; lines, crossings and ranges derived earlier are ignored.
    ///
    /// - Throws: `CityImportError` when a file is missing or unusable.
    public static func read(
        from folder: URL,
        progress: GazetteerImport.Progress = { _, _ in }
    ) throws -> StreetFacts {
        let draft = MemoryDraft()
        var load = try GazetteerImport(into: draft)
        let files: [(Layer, ImportFile.Format)] = [
            (.districts, .geojson), (.microdistricts, .csv), (.streets, .csv), (.addresses, .csv), (.stops, .csv),
            (.blocks, .geojson),
        ]
        for (layer, format) in files {
            let url = folder.appending(path: "\(layer.rawValue).\(format.rawValue)")
            try load.read(try ImportFile(at: url, format: format, layer: layer), progress: progress)
        }
        let records = draft.written
        let blocks = records.compactMap { $0 as? Block }.map {
            NamedBlock(id: $0.id.rawValue, streets: $0.streets, shape: $0.shape, centre: $0.shape.pointOnSurface)
        }
        return StreetFacts(
            streets: records.compactMap { $0 as? Street },
            localities: records.compactMap { $0 as? Microdistrict }.flatMap(\.names.all),
            blocks: blocks + (try centres(in: folder)),
            addresses: records.compactMap { $0 as? Address },
            stops: records.compactMap { $0 as? Stop },
            city: records.compactMap { $0 as? District }.map(\.shape)
        )
    }

    // The file is not a layer of the gazetteer, and a folder need not have it.
    private static func centres(in folder: URL) throws(CityImportError) -> [NamedBlock] {
        let url = folder.appending(path: "block_centres.csv")
        guard FileManager.default.fileExists(atPath: url.path) else { return [] }
        let file = try ImportFile(at: url, format: .csv, layer: .stops)
        var reader = CSVReader(try file.stream())
        guard let header = reader.next(), case .success(let columns) = header.content else {
            throw .malformed(file: file.name, line: 1, reason: "the first line must name the columns")
        }
        var blocks: [NamedBlock] = []
        while let row = reader.next() {
            guard case .success(let values) = row.content, values.count == columns.count else {
                throw .malformed(file: file.name, line: row.line, reason: "the row does not fit the first line")
            }
            let fields = Fields(Dictionary(zip(columns, values), uniquingKeysWith: { first, _ in first }))
            guard let id = fields.text("id"), let position = try? fields.position() else {
                throw .malformed(file: file.name, line: row.line, reason: "id, lon and lat are needed")
            }
            let names = (fields.text("streets") ?? "").split(separator: ";").map(String.init)
            blocks.append(NamedBlock(id: id, streets: names, shape: nil, centre: position))
        }
        return blocks
    }
}
