import Foundation
import GRDB
import Gazetteer
import Geo
import TestSupport
import Testing

@testable import SQLiteStore

@Suite struct SpatiaLiteGazetteerStoreTests {
    private func changes(_ contents: GazetteerContents) -> GazetteerChanges {
        var changes = GazetteerChanges()
        let records: [[any GazetteerRecord]] = [
            contents.categories, contents.districts, contents.authorities, contents.microdistricts, contents.streets,
            contents.addresses, contents.organizations, contents.stops, contents.blocks,
            contents.streetLines, contents.crossings, contents.houseRanges,
        ]
        for record in records.joined() { changes.add(record) }
        return changes
    }

    private func filled() async throws -> (DatabaseQueue, SpatiaLiteGazetteerStore) {
        let queue = try SpatialDatabase.inMemory()
        let store = SpatiaLiteGazetteerStore(queue)
        try await store.apply(changes(try TinyCity.contents()), report: ImportReport())
        return (queue, store)
    }

    private func sorted(_ contents: GazetteerContents) -> GazetteerContents {
        var contents = contents
        contents.categories.sort { $0.id < $1.id }
        contents.streets.sort { $0.id < $1.id }
        contents.addresses.sort { $0.id < $1.id }
        contents.organizations.sort { $0.id < $1.id }
        return contents
    }

    @Test("Records are read back as written, to the last bit of every coordinate")
    func roundTrip() async throws {
        let (_, store) = try await filled()
        let read = try await store.contents()
        #expect(sorted(read) == sorted(try TinyCity.contents()))
        #expect(read.streetLines.count == 2)
        #expect(read.crossings.count == 1)
        #expect(read.houseRanges.count == 1)
    }

    @Test("Stored hours that newer rules refuse do not prevent loading, and the check names them")
    func hoursOfAnOlderRelease() async throws {
        let (queue, store) = try await filled()
        let id = try #require(try await store.contents().organizations.first?.id.rawValue)
        try await queue.write { db in
            try db.execute(sql: "UPDATE organization SET opening_hours = '0900-1800' WHERE id = ?", arguments: [id])
        }
        let contents = try await store.contents()
        let snapshot = try GazetteerSnapshot(contents, version: 1)
        let place = try #require(snapshot.directory.index(of: .init(id)))
        #expect(snapshot.directory.organizations[place].openingHours == "0900-1800")
        #expect(snapshot.directory.openingHours(of: place) == nil)
        let findings = try await GazetteerCheck(queue).findings(snapshot: snapshot, points: [])
        let hours = try #require(findings.first { $0.subject == "opening hours" })
        #expect(!hours.passed && hours.detail.contains(id))
    }

    @Test("Stored websites that are refused now do not prevent loading, and the check names them")
    func sitesOfAnOlderRelease() async throws {
        let (queue, store) = try await filled()
        for (table, id) in [("authority", "akimat-west"), ("organization", "clinic")] {
            try await queue.write { db in
                try db.execute(sql: "UPDATE \(table) SET website = 'akimat.example.kz' WHERE id = ?", arguments: [id])
            }
            let contents = try await store.contents()
            let sites = contents.authorities.map(\.website) + contents.organizations.map(\.website)
            #expect(sites.contains("akimat.example.kz"))
            let snapshot = try GazetteerSnapshot(contents, version: 1)
            let findings = try await GazetteerCheck(queue).findings(snapshot: snapshot, points: [])
            let finding = try #require(findings.first { $0.subject == "websites" })
            #expect(!finding.passed && finding.detail.contains(id))
            try await queue.write { db in try db.execute(sql: "UPDATE \(table) SET website = NULL") }
        }
    }

    @Test("Sizes and the ends of a house range are read back to the last bit")
    func realColumns() async throws {
        let (_, store) = try await filled()
        var fields = try TinyCity.contents().houseRanges[0].fields
        fields["first_lon"] = String(0.1 + 0.2)
        fields["precision_m"] = String(1.0 / 3)
        var changes = GazetteerChanges()
        changes.add(try HouseRange(fields))
        try await store.apply(changes, report: ImportReport())
        let range = try await store.contents().houseRanges[0]
        #expect(range.firstPosition.longitude == 0.1 + 0.2)
        #expect(range.precision == 1.0 / 3)
    }

    @Test("A line of a nonexistent street is not written")
    func lineWithoutStreet() async throws {
        let (_, store) = try await filled()
        var fields = try TinyCity.contents().streetLines[0].fields
        fields["id"] = "line-nowhere"
        fields["street_id"] = "nowhere"
        var changes = GazetteerChanges()
        changes.add(try StreetLine(fields))
        await #expect(throws: DatabaseError.self) { try await store.apply(changes, report: ImportReport()) }
        #expect(try await store.contents().streetLines.count == 2)
    }

    @Test func everyWriteChangesTheVersion() async throws {
        let (_, store) = try await filled()
        #expect(try await store.version() == 1)
        var more = GazetteerChanges()
        more.add(try Stop(TinyCity.record(["id": "s2", "name_ru": "Рынок"], at: (1.5, 0.5))))
        try await store.apply(more, report: ImportReport())
        #expect(try await store.version() == 2)
        try await store.apply(GazetteerChanges(), report: ImportReport())
        #expect(try await store.version() == 2)
    }

    @Test("When one record cannot be written, none is")
    func allOrNothing() async throws {
        let (_, store) = try await filled()
        var changes = GazetteerChanges()
        changes.add(try Stop(TinyCity.record(["id": "s3", "name_ru": "Рынок"], at: (1.5, 0.5))))
        changes.add(
            try Stop(TinyCity.record(["id": "s4", "name_ru": "Рынок", "district": "nowhere"], at: (1.5, 0.5)))
        )
        await #expect(throws: DatabaseError.self) { try await store.apply(changes, report: ImportReport()) }
        #expect(try await store.contents().stops.count == 1)
        #expect(try await store.version() == 1)
    }

    @Test func theReportIsKept() async throws {
        let (queue, store) = try await filled()
        var report = ImportReport()
        var counts = ImportReport.FileCounts(file: "a.csv", layer: .stops)
        counts.refused = 1
        report.files = [counts]
        report.refusals = [.init(file: "a.csv", line: 7, record: "x", reason: "no position")]
        try await store.apply(GazetteerChanges(), report: report)
        let reason = try await queue.read { db in
            try String.fetchOne(db, sql: "SELECT reason FROM importRefusal WHERE line = 7")
        }
        #expect(reason == "no position")
    }

    @Test("The check finds nothing wrong in a sound city and each fault in a broken one")
    func check() async throws {
        let (queue, store) = try await filled()
        let snapshot = try GazetteerSnapshot(try await store.contents(), version: 1)
        let points = [(0.5, 0.5), (1.0, 0.5), (1.5, 0.5), (2.5, 0.5), (0.0, 0.0), (1.0, 1.0)].map {
            Coordinate(longitude: $0.0, latitude: $0.1)
        }
        let sound = try await GazetteerCheck(queue).findings(snapshot: snapshot, points: points)
        #expect(sound.filter { !$0.passed } == [])
        #expect(sound.first { $0.subject == "valid geometry: street_line" }?.detail == "2 geometries")
        #expect(sound.first { $0.subject == "spatial index: crossing" }?.detail == "1 of 1 entries")
        try await queue.write { db in
            try db.execute(
                sql: """
                    UPDATE district SET geom = GeomFromText('MULTIPOLYGON(((0.9 0, 2 0, 2 1, 0.9 1, 0.9 0)))', 4326)
                    WHERE slug = 'east'
                    """
            )
        }
        let broken = try await GazetteerCheck(queue).findings(
            snapshot: snapshot,
            points: points + [Coordinate(longitude: 0.95, latitude: 0.5)]
        )
        #expect(broken.first { $0.subject == "districts do not overlap" }?.passed == false)
    }
}
