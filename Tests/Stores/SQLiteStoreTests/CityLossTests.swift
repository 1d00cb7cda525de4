import Foundation
import GRDB
import Gazetteer
import TestSupport
import Testing

@testable import SQLiteStore

/// What does not take the place of a present city file, and what a reader makes of one that cannot be used.
@Suite struct CityLossTests {
    private let city: CityFixture

    init() throws {
        city = try CityFixture(TinyCity.contents())
        try city.write(try (0..<29).map { try Self.stop($0) })
    }

    private static func stop(_ number: Int) throws -> Stop {
        try Stop(TinyCity.record(["id": "stop-\(number)", "name_ru": "Рынок"], at: (1.5, 0.5)))
    }

    private func build(stops: Int, without layer: Layer? = nil, allowsLoss: Bool = false, isDryRun: Bool = false) throws
    {
        try city.file.build(from: .empty, isDryRun: isDryRun, allowsLoss: allowsLoss) { draft in
            for record in try TinyCity.contents().records where type(of: record).layer != layer {
                if !(record is Stop) { try draft.write(record) }
            }
            for number in 0..<stops { try draft.write(try Self.stop(number)) }
            return ImportReport()
        }
    }

    private func stops() async throws -> Int { try await city.store.contents().stops.count }

    @Test("A city that lost more than a third of a layer is not swapped in unless asked for", arguments: [false, true])
    func lostRecords(isDryRun: Bool) async throws {
        #expect {
            try build(stops: 19, isDryRun: isDryRun)
        } throws: { error in
            guard case StoreError.shrunkCity(city.file.path, let losses) = error else { return false }
            return losses == [LayerLoss(layer: .stops, before: 30, after: 19)]
                && "\(error)".contains("stops 19 instead of 30") && "\(error)".contains("--force")
        }
        #expect(try await stops() == 30)
        try build(stops: 20)
        #expect(try await stops() == 20, "a third may go")
        try build(stops: 5, allowsLoss: true)
        #expect(try await stops() == 5)
    }

    @Test("A layer that loses all its records counts even if they are few")
    func lostLayer() async throws {
        #expect {
            try build(stops: 30, without: .crossings)
        } throws: { error in
            guard case StoreError.shrunkCity(_, let losses) = error else { return false }
            return losses == [LayerLoss(layer: .crossings, before: 1, after: 0)]
        }
        #expect(try await city.store.contents().crossings.count == 1)
    }

    @Test("Beside a damaged city, nothing is left to lose")
    func damagedCity() async throws {
        var bytes = try Data(contentsOf: URL(filePath: city.file.path))
        bytes.replaceSubrange(4_096..<bytes.count, with: Data(repeating: 0xFF, count: bytes.count - 4_096))
        try bytes.write(to: URL(filePath: city.file.path))
        try build(stops: 1)
        #expect(try await stops() == 1)
    }

    @Test("A file that cannot be used is read once, and again when another has its name")
    func refusedFile() async throws {
        let url = URL(filePath: city.file.path)
        let whole = try Data(contentsOf: url)
        let date = Date(timeIntervalSince1970: 1_700_000_000)
        var damaged = whole
        let middle = whole.count / 2
        damaged.replaceSubrange(middle..<middle + 40_960, with: Data(repeating: 0xFF, count: 40_960))
        func put(_ bytes: Data) throws {
            let handle = try FileHandle(forWritingTo: url)
            try handle.write(contentsOf: bytes)
            try handle.close()
            try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: url.path)
        }
        func isRefused() async throws -> Bool {
            do {
                _ = try await city.store.contents()
                return false
            } catch StoreError.damagedCity(city.file.path, _) {
                return true
            }
        }
        try put(damaged)
        #expect(try await isRefused())
        // The same file by all that tells files apart, so it is not read again.
        try put(whole)
        #expect(try await isRefused())
        try whole.write(to: url, options: .atomic)
        #expect(try await !isRefused())
    }

    @Test("A category that the tree cannot show makes a city unsound")
    func misplacedCategory() throws {
        #expect {
            try city.file.build(from: .present) { draft in
                let group = try #require(try draft.categories().first { $0.id == "leisure" })
                var fields = group.fields
                fields["parent"] = "health"
                try draft.write(try Gazetteer.Category(fields))
                return ImportReport()
            }
        } throws: { error in
            guard case StoreError.unsoundCity(_, let reason) = error else { return false }
            return reason.contains("the category park")
        }
    }

    @Test("A lock that cannot be taken is named, and not taken for another import")
    func unusableLock() throws {
        let lock = city.file.path + ".lock"
        try FileManager.default.removeItem(atPath: lock)
        try FileManager.default.createDirectory(atPath: lock, withIntermediateDirectories: false)
        #expect {
            try build(stops: 30)
        } throws: { error in
            if case StoreError.unwritable(lock, _) = error { true } else { false }
        }
    }

    @Test("An older city file and an older portal database are each told what brings them up to date")
    func olderFiles() throws {
        let queue = try DatabaseQueue(path: city.file.path, configuration: SpatiaLite.configuration())
        try queue.write { db in try db.execute(sql: "DELETE FROM grdb_migrations") }
        try queue.close()
        #expect {
            try city.file.refuseUnusable()
        } throws: { error in
            guard case StoreError.olderCity(city.file.path) = error else { return false }
            return "\(error)".contains("city build") && !"\(error)".contains("serve")
        }
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "portal.sqlite").path
        let pool = try PortalDatabase.open(path: path)
        try pool.write { db in try db.execute(sql: "DELETE FROM grdb_migrations WHERE identifier = 'audit'") }
        try pool.close()
        #expect {
            try PortalDatabase.openForReading(path: path)
        } throws: { error in
            guard case StoreError.olderSchema(path) = error else { return false }
            return "\(error)".contains("openalmaty serve brings") && !"\(error)".contains("import")
        }
    }
}
