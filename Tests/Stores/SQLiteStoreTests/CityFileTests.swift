import Foundation
import GRDB
import Gazetteer
import Geo
import TestSupport
import Testing

@testable import SQLiteStore

@Suite struct CityFileTests {
    private func filled() throws -> CityFixture { try CityFixture(TinyCity.contents()) }

    /// Changes a published file as no program of ours does.
    private func edit(_ city: CityFixture, _ sql: String, _ arguments: StatementArguments = []) throws {
        let queue = try DatabaseQueue(path: city.file.path, configuration: SpatiaLite.configuration())
        try queue.write { db in try db.execute(sql: sql, arguments: arguments) }
        try queue.close()
    }

    private func findings(_ city: CityFixture, _ points: [Coordinate] = []) async throws -> [DatabaseFinding] {
        let snapshot = try GazetteerSnapshot(try await city.store.contents(), version: 1)
        return try await GazetteerCheck(city.file.openForReading()).findings(snapshot: snapshot, points: points)
    }

    private func stop(_ id: String, district: String? = nil) throws -> Stop {
        var fields = TinyCity.record(["id": id, "name_ru": "Рынок"], at: (1.5, 0.5))
        fields["district"] = district
        return try Stop(fields)
    }

    private func path(_ city: CityFixture, _ ending: String) -> String { city.file.path + ending }

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
        let city = try filled()
        let read = try await city.store.contents()
        #expect(sorted(read) == sorted(try TinyCity.contents()))
        #expect(read.streetLines.count == 2)
        #expect(read.crossings.count == 1)
        #expect(read.houseRanges.count == 1)
    }

    @Test("Stored hours that newer rules refuse do not prevent loading, and the check names them")
    func hoursOfAnOlderRelease() async throws {
        let city = try filled()
        let id = try #require(try await city.store.contents().organizations.first?.id.rawValue)
        try edit(city, "UPDATE organization SET opening_hours = '0900-1800' WHERE id = ?", [id])
        let snapshot = try GazetteerSnapshot(try await city.store.contents(), version: 1)
        let place = try #require(snapshot.directory.index(of: .init(id)))
        #expect(snapshot.directory.organizations[place].openingHours == "0900-1800")
        #expect(snapshot.directory.openingHours(of: place) == nil)
        let hours = try #require(try await findings(city).first { $0.subject == "opening hours" })
        #expect(!hours.passed && hours.detail.contains(id))
    }

    @Test("Stored websites that are refused now do not prevent loading, and the check names them")
    func sitesOfAnOlderRelease() async throws {
        let city = try filled()
        for (table, id) in [("authority", "akimat-west"), ("organization", "clinic")] {
            try edit(city, "UPDATE \(table) SET website = 'akimat.example.kz' WHERE id = ?", [id])
            let contents = try await city.store.contents()
            let sites = contents.authorities.map(\.website) + contents.organizations.map(\.website)
            #expect(sites.contains("akimat.example.kz"))
            let finding = try #require(try await findings(city).first { $0.subject == "websites" })
            #expect(!finding.passed && finding.detail.contains(id))
            try edit(city, "UPDATE \(table) SET website = NULL")
        }
    }

    @Test("Sizes and the ends of a house range are read back to the last bit")
    func realColumns() async throws {
        let city = try filled()
        var fields = try TinyCity.contents().houseRanges[0].fields
        fields["first_lon"] = String(0.1 + 0.2)
        fields["precision_m"] = String(1.0 / 3)
        try city.write([try HouseRange(fields)])
        let range = try await city.store.contents().houseRanges[0]
        #expect(range.firstPosition.longitude == 0.1 + 0.2)
        #expect(range.precision == 1.0 / 3)
    }

    @Test("A line of a nonexistent street is not written")
    func lineWithoutStreet() async throws {
        let city = try filled()
        var fields = try TinyCity.contents().streetLines[0].fields
        fields["id"] = "line-nowhere"
        fields["street_id"] = "nowhere"
        #expect(throws: DatabaseError.self) { try city.write([try StreetLine(fields)]) }
        #expect(try await city.store.contents().streetLines.count == 2)
    }

    @Test func everyChangeChangesTheVersion() async throws {
        let city = try filled()
        let first = try await city.store.version()
        try city.write([try stop("s2")])
        let second = try await city.store.version()
        #expect(second > first)
        try city.write([])
        #expect(try await city.store.version() == second)
    }

    @Test("When one record cannot be written, none is, and nothing is left beside the file")
    func allOrNothing() async throws {
        let city = try filled()
        let bytes = try Data(contentsOf: URL(filePath: city.file.path))
        #expect(throws: DatabaseError.self) {
            try city.write([try stop("s3"), try stop("s4", district: "nowhere")])
        }
        #expect(try Data(contentsOf: URL(filePath: city.file.path)) == bytes)
        #expect(!FileManager.default.fileExists(atPath: path(city, ".building")))
    }

    @Test func theReportIsKept() async throws {
        let city = try filled()
        var report = ImportReport()
        var counts = ImportReport.FileCounts(file: "a.csv", layer: .stops)
        counts.refused = 1
        report.files = [counts]
        report.refusals = [.init(file: "a.csv", line: 7, record: "x", reason: "no position")]
        try city.write([], report: report)
        let reason = try await city.file.openForReading().read { db in
            try String.fetchOne(db, sql: "SELECT reason FROM import_refusal WHERE line = 7")
        }
        #expect(reason == "no position")
    }

    @Test("The check finds nothing wrong in a sound city and each fault in a broken one")
    func check() async throws {
        let city = try filled()
        let points = [(0.5, 0.5), (1.0, 0.5), (1.5, 0.5), (2.5, 0.5), (0.0, 0.0), (1.0, 1.0)].map {
            Coordinate(longitude: $0.0, latitude: $0.1)
        }
        let sound = try await findings(city, points)
        #expect(sound.filter { !$0.passed } == [])
        #expect(sound.first { $0.subject == "valid geometry: street_line" }?.detail == "2 geometries")
        #expect(sound.first { $0.subject == "spatial index: crossing" }?.detail == "1 of 1 entries")
        let snapshot = try GazetteerSnapshot(try await city.store.contents(), version: 1)
        try edit(
            city,
            """
            UPDATE district SET geom = GeomFromText('MULTIPOLYGON(((0.9 0, 2 0, 2 1, 0.9 1, 0.9 0)))', 4326)
            WHERE slug = 'east'
            """
        )
        let broken = try await GazetteerCheck(city.file.openForReading()).findings(
            snapshot: snapshot,
            points: points + [Coordinate(longitude: 0.95, latitude: 0.5)]
        )
        #expect(broken.first { $0.subject == "districts do not overlap" }?.passed == false)
    }
}
