import Civic
import Foundation
import Gazetteer
import SQLiteStore
import TestSupport
import Testing

/// What a store of corrections must do, whatever engine keeps it.
@Suite struct CorrectionStoreContract {
    private let start = Date(timeIntervalSince1970: 1_795_600_000)
    private let subject = FieldCorrection.Subject(layer: .organizations, key: "clinic", field: "opening_hours")

    private func new(
        _ value: String?,
        after seconds: Double = 0,
        of subject: FieldCorrection.Subject? = nil
    ) -> NewCorrection {
        NewCorrection(
            subject ?? self.subject,
            value: value,
            base: "Mo-Fr 09:00-18:00",
            author: PersonID(rawValue: 7),
            reason: "a letter of theirs",
            time: start + seconds
        )
    }

    private func add(_ correction: NewCorrection, to store: any CorrectionStore) async throws -> Int64 {
        try #require(try await store.add([correction], with: SideEffects(at: start)).first)
    }

    @Test("A correction is read back with who, when and why", arguments: StoreEngine.allCases)
    func roundTrip(engine: StoreEngine) async throws {
        let store = try engine.stores().corrections
        let id = try await add(new("24/7"), to: store)
        let expected = FieldCorrection(
            id: id,
            subject: subject,
            value: "24/7",
            base: "Mo-Fr 09:00-18:00",
            author: PersonID(rawValue: 7),
            reason: "a letter of theirs",
            time: start
        )
        #expect(try await store.correctionsInForce() == [expected])
        #expect(try await store.corrections(of: "clinic", in: .organizations) == [expected])
        #expect(try await store.corrections(of: "clinic", in: .streets) == [])
    }

    @Test(
        "Another correction of the same field takes its place, and the earlier one stays as history",
        arguments: StoreEngine.allCases
    )
    func replaced(engine: StoreEngine) async throws {
        let store = try engine.stores().corrections
        let first = try await add(new("24/7"), to: store)
        let second = try await add(new(nil, after: 60), to: store)
        #expect(try await store.correctionsInForce().map(\.id) == [second])
        let history = try await store.corrections(of: "clinic", in: .organizations)
        #expect(history.map(\.id) == [second, first])
        #expect(history[1].end == FieldCorrection.End(time: start + 60, author: PersonID(rawValue: 7)))
        #expect(history[0].value == nil && history[0].end == nil)
    }

    @Test(
        "A withdrawn correction is no longer in force, and can be withdrawn only once",
        arguments: StoreEngine.allCases
    )
    func withdrawn(engine: StoreEngine) async throws {
        let store = try engine.stores().corrections
        let id = try await add(new("24/7"), to: store)
        let end = FieldCorrection.End(time: start + 60, author: PersonID(rawValue: 8))
        #expect(try await store.withdraw(id, end, with: SideEffects(at: start)))
        #expect(try await store.withdraw(id, end, with: SideEffects(at: start)) == false)
        #expect(try await store.correctionsInForce().isEmpty)
        #expect(try await store.corrections(of: "clinic", in: .organizations).map(\.end) == [end])
    }

    @Test("Every change makes the version grow", arguments: StoreEngine.allCases)
    func version(engine: StoreEngine) async throws {
        let store = try engine.stores().corrections
        var versions = [try await store.correctionsVersion()]
        let id = try await add(new("24/7"), to: store)
        versions.append(try await store.correctionsVersion())
        _ = try await add(new("off", after: 1), to: store)
        versions.append(try await store.correctionsVersion())
        let other = try await add(new("x", of: .init(layer: .stops, key: "s1", field: "name_en")), to: store)
        versions.append(try await store.correctionsVersion())
        _ = try await store.withdraw(
            other,
            .init(time: start, author: PersonID(rawValue: 7)),
            with: SideEffects(at: start)
        )
        versions.append(try await store.correctionsVersion())
        #expect(zip(versions, versions.dropFirst()).allSatisfy { $0 < $1 }, "\(versions) after \(id)")
    }

    @Test(
        "Two people who correct the same field at once both leave a trace, and one correction is in force",
        arguments: StoreEngine.allCases
    )
    func concurrent(engine: StoreEngine) async throws {
        let connections = try engine.connections(2)
        let stores = connections.map(\.corrections)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                group.addTask { _ = try await add(new("value \(number)"), to: stores[number % 2]) }
            }
            try await group.waitForAll()
        }
        #expect(try await stores[0].correctionsInForce().count == 1)
        #expect(try await stores[0].corrections(of: "clinic", in: .organizations).count == 20)
    }

    @Test(
        "Conflicts, which are found from single records, are those of the whole city",
        arguments: StoreEngine.allCases
    )
    func conflictsOfSingleRecords(engine: StoreEngine) async throws {
        let store = try engine.stores().corrections
        let city = try CityFixture(TinyCity.contents())
        let corrections = CorrectedGazetteerStore(city.store, corrections: store)
        #expect(try await corrections.conflicts() == [])
        for (key, field, value) in [
            ("clinic", "opening_hours", "24/7"), ("clinic", "category", "casino"), ("clinic", "street_id", "abay"),
            ("clinic", "district", "east"), ("gone", "name_ru", "Аптека"),
        ] {
            _ = try await add(new(value, of: .init(layer: .organizations, key: key, field: field)), to: store)
        }
        var contents = try await city.store.contents()
        let expected = CorrectionOverlay(try await store.correctionsInForce()).apply(to: &contents)
        #expect(expected.map(\.correction.subject.field).contains("category"))
        #expect(expected.map(\.cause).contains(.recordIsGone))
        #expect(try await corrections.conflicts() == expected)
        let overlay = try await corrections.overlay()
        try city.file.build(from: .present, isDryRun: true) { draft in
            #expect(try overlay.conflicts(in: draft) == expected, "and those of a city that is being built")
            try draft.delete("clinic", in: .organizations)
            #expect(try overlay.conflicts(in: draft).allSatisfy { $0.cause == .recordIsGone })
            return ImportReport()
        }
    }

    @Test(
        "The city as served has the corrections, survives a new city, and lists what an import changed",
        arguments: StoreEngine.allCases
    )
    func overTheCity(engine: StoreEngine) async throws {
        let store = try engine.stores().corrections
        let city = try CityFixture(TinyCity.contents())
        let served = CorrectedGazetteerStore(city.store, corrections: store)
        let before = try await served.version()
        _ = try await add(new("24/7"), to: store)
        #expect(try await served.version() > before)
        func hours() async throws -> String? {
            try await served.contents().organizations.first { $0.id == "clinic" }?.openingHours
        }
        #expect(try await hours() == "24/7")
        #expect(try await served.conflicts() == [])
        var fields = try #require(try TinyCity.contents().organizations.first { $0.id == "clinic" }).fields
        fields["opening_hours"] = "Mo-Su 08:00-20:00"
        try city.write([try Organization(fields)])
        #expect(try await hours() == "24/7", "an import does not overwrite an edit")
        #expect(try await served.conflicts().map(\.cause) == [.changedByImport(value: "Mo-Su 08:00-20:00")])
        #expect(
            try await city.store.contents().organizations.first { $0.id == "clinic" }?.openingHours
                == "Mo-Su 08:00-20:00"
        )
    }
}
