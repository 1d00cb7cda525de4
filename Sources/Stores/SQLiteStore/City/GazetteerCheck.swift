import Foundation
public import GRDB
public import Gazetteer
public import Geo

/// Checks with SpatiaLite's own functions that the database is sound and that the snapshot gives the same answers.
public struct GazetteerCheck: Sendable {
    private let database: any DatabaseReader

    /// Wraps a city file that `CityFile` opened.
    public init(_ database: any DatabaseReader) { self.database = database }

    /// Reads all records and the version of the file, so that a snapshot can be built from the same file.
    ///
    /// - Throws: `StoreError` when a record cannot be read, else what SQLite throws.
    public func contents() async throws -> (contents: GazetteerContents, version: Int) {
        try await database.read { db in (try SQLiteCityStore.contents(db), try SQLiteCityStore.version(db)) }
    }

    /// Runs all checks.
    ///
    /// - Parameters:
    ///   - snapshot: built from the same database.
    ///   - points: positions for which both sides are asked.
    /// - Throws: what SQLite throws.
    public func findings(
        snapshot: GazetteerSnapshot,
        points: [Coordinate]
    ) async throws -> [DatabaseFinding] {
        try await database.read { db in
            var findings: [DatabaseFinding] = try [.integrity(of: "city", db), .references(of: "city", db)]
            for layer in Layer.allCases where GazetteerTable(layer).hasGeometry {
                findings += try [validity(db, GazetteerTable(layer)), spatialIndex(db, GazetteerTable(layer))]
            }
            findings += try [overlaps(db), gaps(db), agreement(db, snapshot, points)]
            findings += [openingHours(snapshot), websites(snapshot)]
            return findings
        }
    }

    private func openingHours(_ snapshot: GazetteerSnapshot) -> DatabaseFinding {
        let directory = snapshot.directory
        let stated = directory.organizations.indices.filter { directory.organizations[$0].openingHours != nil }
        let bad = stated.filter { directory.openingHours(of: $0) == nil }.map {
            directory.organizations[$0].id.rawValue
        }
        return DatabaseFinding(
            subject: "opening hours",
            passed: bad.isEmpty,
            detail: bad.isEmpty
                ? "\(stated.count) understood" : "not understood: " + bad.prefix(5).joined(separator: ", ")
        )
    }

    private func websites(_ snapshot: GazetteerSnapshot) -> DatabaseFinding {
        let authorities = (snapshot.authorities + [snapshot.cityAuthority]).compactMap { $0 }
        let stated =
            authorities.map { ($0.id.rawValue, $0.website) }
            + snapshot.directory.organizations.map { ($0.id.rawValue, $0.website) }
        let sites = stated.compactMap { id, site in site.map { (id: id, text: $0) } }
        let bad = sites.filter { !Fields.isWebAddress($0.text) }.map(\.id)
        return DatabaseFinding(
            subject: "websites",
            passed: bad.isEmpty,
            detail: bad.isEmpty
                ? "\(sites.count) web addresses" : "no web addresses: " + bad.prefix(5).joined(separator: ", ")
        )
    }

    private func validity(_ db: Database, _ table: GazetteerTable) throws -> DatabaseFinding {
        let total = try Int.fetchOne(db, sql: "SELECT count(geom) FROM \(table.name)") ?? 0
        let bad = try String.fetchAll(
            db,
            sql: """
                SELECT \(table.keyColumn) FROM \(table.name)
                WHERE geom IS NOT NULL AND (ST_IsValid(geom) <> 1 OR SRID(geom) <> 4326)
                """
        )
        return DatabaseFinding(
            subject: "valid geometry: \(table.name)",
            passed: bad.isEmpty,
            detail: bad.isEmpty ? "\(total) geometries" : bad.prefix(5).joined(separator: ", ")
        )
    }

    private func spatialIndex(_ db: Database, _ table: GazetteerTable) throws -> DatabaseFinding {
        let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM idx_\(table.name)_geom") ?? -1
        let total = try Int.fetchOne(db, sql: "SELECT count(geom) FROM \(table.name)") ?? 0
        return DatabaseFinding(
            subject: "spatial index: \(table.name)",
            passed: count == total,
            detail: "\(count) of \(total) entries"
        )
    }

    private func overlaps(_ db: Database) throws -> DatabaseFinding {
        let pairs = try String.fetchAll(
            db,
            sql: """
                SELECT a.slug || '–' || b.slug FROM district a JOIN district b ON a.slug < b.slug
                WHERE ST_Area(ST_Intersection(a.geom, b.geom)) > 0
                """
        )
        return DatabaseFinding(
            subject: "districts do not overlap",
            passed: pairs.isEmpty,
            detail: pairs.joined(separator: ", ")
        )
    }

    private func gaps(_ db: Database) throws -> DatabaseFinding {
        let rings =
            try Int.fetchOne(
                db,
                sql: """
                    WITH RECURSIVE city(geom) AS (SELECT ST_Union(geom) FROM district),
                    part(n, geom) AS (
                        SELECT 1, geom FROM city UNION ALL
                        SELECT n + 1, geom FROM part WHERE n < NumGeometries(geom)
                    )
                    SELECT coalesce(sum(NumInteriorRings(GeometryN(geom, n))), 0) FROM part
                    """
            ) ?? -1
        return DatabaseFinding(
            subject: "no gap between districts",
            passed: rings == 0,
            detail: "\(rings) holes in the city"
        )
    }

    private func agreement(
        _ db: Database,
        _ snapshot: GazetteerSnapshot,
        _ points: [Coordinate]
    ) throws -> DatabaseFinding {
        // Districts on both sides cover a border point; the lowest number wins, as in the snapshot.
        let statement = try db.makeStatement(
            sql: "SELECT slug FROM district WHERE ST_Covers(geom, MakePoint(:lon, :lat, 4326)) ORDER BY id LIMIT 1"
        )
        var faults: [String] = []
        for point in points {
            let expected = try String.fetchOne(statement, arguments: ["lon": point.longitude, "lat": point.latitude])
            let answer = snapshot.districts.district(at: point)?.id.rawValue
            if expected != answer {
                faults.append("\(point.longitude) \(point.latitude): \(answer ?? "-") for \(expected ?? "-")")
            }
        }
        return DatabaseFinding(
            subject: "snapshot agrees with ST_Covers",
            passed: faults.isEmpty,
            detail: faults.isEmpty ? "\(points.count) points" : faults.prefix(5).joined(separator: "; ")
        )
    }
}
