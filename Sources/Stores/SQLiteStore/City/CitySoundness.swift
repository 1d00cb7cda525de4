import GRDB
import Gazetteer

/// The check that a new city file passes before it replaces the old one: servers must be able to load it.
struct CitySoundness {
    private let db: Database

    init(_ db: Database) { self.db = db }

    /// - Throws: `StoreError.unsoundCity` with what is wrong, or the error of a record that cannot be read.
    func check(path: String) throws {
        let answer = try String.fetchOne(db, sql: "PRAGMA integrity_check(1)")
        try require(answer == "ok", "its pages are inconsistent (\(answer ?? "no answer"))", path)
        let broken = try Row.fetchOne(db, sql: "PRAGMA foreign_key_check")
        let table: String = broken?["table"] ?? ""
        try require(broken == nil, "a record of \(table) refers to one that does not exist", path)
        for layer in Layer.allCases where GazetteerTable(layer).hasGeometry {
            let table = GazetteerTable(layer)
            let entries = try Int.fetchOne(db, sql: "SELECT count(*) FROM idx_\(table.name)_geom")
            let geometries = try Int.fetchOne(db, sql: "SELECT count(geom) FROM \(table.name)")
            try require(entries == geometries, "the spatial index of \(table.name) is incomplete", path)
        }
        // One record at a time, so that the check needs no more memory than one.
        for layer in Layer.allCases where layer != .districts {
            try RecordCursor(db, layer).visit { _ in }
        }
        let misplaced = Gazetteer.Category.misplaced(in: try RecordCursor(db, .categories).all()).first
        try require(
            misplaced == nil,
            "the category \(misplaced?.key ?? "") belongs to one that is no group, because that belongs to another",
            path
        )
        let districts: [District] = try RecordCursor(db, .districts).all()
        do {
            _ = try DistrictMap(districts)
        } catch {
            throw StoreError.unsoundCity(path: path, reason: "the districts overlap or leave a gap: \(error)")
        }
    }

    private func require(_ isSound: Bool, _ reason: String, _ path: String) throws {
        guard isSound else { throw StoreError.unsoundCity(path: path, reason: reason) }
    }
}
