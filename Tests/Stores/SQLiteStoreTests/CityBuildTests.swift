import Foundation
import GRDB
import Gazetteer
import TestSupport
import Testing

@testable import SQLiteStore

/// How a new city file takes the place of the old one.
@Suite struct CityBuildTests {
    private let city: CityFixture

    init() throws { city = try CityFixture(TinyCity.contents()) }

    private func stop(_ id: String) throws -> Stop {
        try Stop(TinyCity.record(["id": id, "name_ru": "Рынок"], at: (1.5, 0.5)))
    }

    @Test("A build from nothing has only what it writes: a record that the source no longer has is gone")
    func fullBuild() async throws {
        try city.write([try stop("s2")])
        let contents = try TinyCity.contents()
        let version = try await city.store.version()
        try city.file.build(from: .empty) { draft in
            for record in contents.records where record.key != "clinic" { try draft.write(record) }
            return ImportReport()
        }
        let after = try await city.store.contents()
        #expect(after.stops.map(\.id) == contents.stops.map(\.id))
        #expect(!after.organizations.contains { $0.id == "clinic" })
        #expect(try await city.store.version() > version)
    }

    @Test("A record is deleted without building the others anew")
    func deletion() async throws {
        try city.file.build(from: .present) { draft in
            #expect(try draft.referrer(to: "abay", in: .streets) != nil)
            #expect(try draft.referrer(to: "clinic", in: .organizations) == nil)
            try draft.delete("clinic", in: .organizations)
            return ImportReport()
        }
        let expected = try TinyCity.contents().organizations.count - 1
        #expect(try await city.store.contents().organizations.count == expected)
    }

    @Test("A file that fails its check is thrown away, and the present one stays")
    func unsound() async throws {
        let bytes = try Data(contentsOf: URL(filePath: city.file.path))
        #expect {
            try city.file.build(from: .empty) { draft in
                for record in try TinyCity.contents().records { try draft.write(record) }
                // A district that covers another one.
                guard let district = try draft.districts().first else { return ImportReport() }
                var fields = district.fields
                fields["slug"] = "copy"
                fields["id"] = "7"
                try draft.write(try District(fields))
                return ImportReport()
            }
        } throws: { error in
            guard case StoreError.unsoundCity(city.file.path, let reason) = error else { return false }
            return reason.contains("overlap")
        }
        #expect(try Data(contentsOf: URL(filePath: city.file.path)) == bytes)
    }

    @Test("A dry run leaves the present file and nothing beside it")
    func dryRun() async throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        let bytes = try Data(contentsOf: URL(filePath: city.file.path))
        try city.file.build(from: .present, isDryRun: true) { draft in
            try draft.write(try stop("s2"))
            return ImportReport()
        }
        #expect(try Data(contentsOf: URL(filePath: city.file.path)) == bytes)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == names)
    }

    @Test("A second build at the same time is refused, and what a killed one left does not matter")
    func concurrent() async throws {
        try city.file.build(from: .present) { draft in
            #expect {
                try city.write([try stop("s3")])
            } throws: { error in
                if case StoreError.cityIsBeingBuilt(city.file.path) = error { true } else { false }
            }
            try draft.write(try stop("s2"))
            return ImportReport()
        }
        try Data("left over".utf8).write(to: URL(filePath: city.file.path + ".building"))
        try city.write([try stop("s3")])
        #expect(try await city.store.contents().stops.map(\.id.rawValue).contains("s3"))
    }

    @Test("A connection to the old file keeps reading it while the new one is swapped in")
    func readersKeepTheirs() async throws {
        let reader = try city.file.openForReading()
        let count = { @Sendable (db: Database) in try Int.fetchOne(db, sql: "SELECT count(*) FROM stop") }
        let before = try await reader.read(count)
        try city.write([try stop("s2")])
        #expect(try await reader.read(count) == before)
        #expect(try await city.file.openForReading().read(count) == (before ?? 0) + 1)
    }

    @Test("A copy of another file under the same name is noticed")
    func copied() async throws {
        let other = try CityFixture(TinyCity.contents())
        let first = try await city.store.version()
        #expect(try await city.store.version() == first)
        try FileManager.default.removeItem(atPath: city.file.path)
        try FileManager.default.copyItem(atPath: other.file.path, toPath: city.file.path)
        #expect(try await city.store.version() == other.store.version())
    }

    @Test("The difference of two files names what was added, changed and deleted")
    func difference() async throws {
        let later = try CityFixture(TinyCity.contents())
        #expect(try CityDifference(from: city.file, to: later.file).layers.allSatisfy(\.isEmpty))
        var fields = try TinyCity.contents().stops[0].fields
        fields["name_ru"] = "Другая"
        try later.file.build(from: .present) { draft in
            try draft.write(try Stop(fields))
            for id in ["a-first", "z-last"] { try draft.write(try stop(id)) }
            try draft.delete("clinic", in: .organizations)
            return ImportReport()
        }
        let layers = try CityDifference(from: city.file, to: later.file).layers.filter { !$0.isEmpty }
        #expect(layers.map(\.layer) == [.organizations, .stops])
        #expect(layers[0].deleted == ["clinic"] && layers[0].added.isEmpty && layers[0].changed.isEmpty)
        #expect(layers[1].added == ["a-first", "z-last"])
        #expect(layers[1].changed == [fields["id"]])
    }

    private var folder: URL { URL(filePath: city.file.path).deletingLastPathComponent() }
}
