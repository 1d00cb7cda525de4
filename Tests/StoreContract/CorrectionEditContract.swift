import Accounts
import Civic
import Foundation
import Gazetteer
import Geo
import SQLiteStore
import TestSupport
import Testing

/// How an editor's changes become corrections, whatever engine keeps them.
@Suite struct CorrectionEditContract {
    private let start = Date(timeIntervalSince1970: 1_795_600_000)
    private let editor = PersonID(rawValue: 7)

    private static func json(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }

    private func prepared(
        _ values: [String: String?],
        of key: String = "clinic",
        in layer: Layer = .organizations,
        because reason: String = "a letter of theirs",
        _ store: any CorrectionStore,
        _ city: CityFixture
    ) async throws -> [NewCorrection] {
        try await CorrectedGazetteerStore(city.store, corrections: store)
            .prepare(key, in: layer, values, by: editor, because: reason, at: start)
    }

    @Test("Values are stored as records hold them, beside those of the import", arguments: StoreEngine.allCases)
    func canonicalValues(engine: StoreEngine) async throws {
        let store = try engine.stores().corrections
        let city = try CityFixture(TinyCity.contents())
        let corrections = try await prepared(
            [
                "phones": " +77270000001 ; +77270000002", "opening_hours": " 24/7 ", "geometry": "1.50  0.250",
                "note": "",
            ],
            store,
            city
        )
        #expect(corrections.map(\.subject.field) == ["geometry", "note", "opening_hours", "phones"])
        #expect(corrections.map(\.value) == ["1.5 0.25", nil, "24/7", "+77270000001;+77270000002"])
        #expect(corrections.map(\.base) == ["0.5 0.5", nil, "Mo-Fr 09:00-18:00", nil])
        #expect(corrections.allSatisfy { $0.author == editor && $0.time == start })
        _ = try await store.add(corrections, with: SideEffects(at: start))
        // The import catches up, in a spelling of its own.
        var fields = try #require(try TinyCity.contents().organizations.first { $0.id == "clinic" }).fields
        fields["phones"] = "+77270000001;+77270000002"
        fields["opening_hours"] = "24/7"
        fields.shape = .point(.init(longitude: 1.5, latitude: 0.25))
        try city.write([try Organization(fields)])
        let served = CorrectedGazetteerStore(city.store, corrections: store)
        #expect(try await served.conflicts() == [])
    }

    @Test(
        "An edit that cannot be used is refused before it is stored, and names the field",
        arguments: StoreEngine.allCases
    )
    func unusable(engine: StoreEngine) async throws {
        let store = try engine.stores().corrections
        let city = try CityFixture(TinyCity.contents())
        await #expect(throws: RecordError.outsideCity(swapped: true)) {
            try await prepared(["geometry": "0.25 1.5"], store, city)
        }
        await #expect(throws: RecordError.absent(id: "nobody")) {
            try await prepared(["house": "7"], of: "nobody", store, city)
        }
        await #expect(throws: RecordError.missing(field: "reason")) {
            try await prepared(["house": "7"], because: " \n", store, city)
        }
        await #expect(throws: RecordError.unknownReference(field: "category", value: "casino")) {
            try await prepared(["category": "casino"], store, city)
        }
        await #expect {
            try await prepared(["parent": "health"], of: "leisure", in: .categories, store, city)
        } throws: { error in
            if case RecordError.malformed("parent", "health", _) = error { true } else { false }
        }
    }

    @Test("Fields that are only valid together are edited together", arguments: StoreEngine.allCases)
    func together(engine: StoreEngine) async throws {
        let store = try engine.stores().corrections
        let city = try CityFixture(TinyCity.contents())
        let moved = try await prepared(
            ["street_id": nil, "microdistrict_id": "samal-2"],
            of: "a1",
            in: .addresses,
            store,
            city
        )
        #expect(moved.map(\.value) == ["samal-2", nil] && moved.map(\.base) == [nil, "abay"])
        #expect(try await store.add(moved, with: SideEffects(at: start)).count == 2)
        #expect(try await CorrectedGazetteerStore(city.store, corrections: store).conflicts() == [])
        await #expect(throws: RecordError.self) {
            try await prepared(["street_id": nil], of: "a2", in: .addresses, store, city)
        }
    }

    @Test("Corrections and their audit events are stored together or not at all", arguments: StoreEngine.allCases)
    func sideEffects(engine: StoreEngine) async throws {
        let stores = try engine.stores()
        let city = try CityFixture(TinyCity.contents())
        let kind = AuditKind(rawValue: "recordCorrected")
        func effects() -> SideEffects {
            SideEffects(at: start, events: [AuditEvent(kind, actor: editor, detail: "organizations", time: start)])
        }
        func events() async throws -> Int {
            try await stores.accounts.events(before: nil, of: editor, limit: 10).count
        }
        let edit = try await prepared(["house": "7"], stores.corrections, city)
        let id = try #require(try await stores.corrections.add(edit, with: effects()).first)
        #expect(try await events() == 1)
        let blank = NewCorrection(
            .init(layer: .organizations, key: "clinic", field: "house"),
            value: "8",
            base: nil,
            author: editor,
            reason: " ",
            time: start
        )
        await #expect(throws: RecordError.missing(field: "reason")) {
            try await stores.corrections.add(edit + [blank], with: effects())
        }
        #expect(try await events() == 1)
        #expect(try await stores.corrections.correctionsInForce().map(\.id) == [id])
        let end = FieldCorrection.End(time: start + 60, author: editor)
        #expect(try await stores.corrections.withdraw(id, end, with: effects()))
        #expect(try await events() == 2)
        #expect(try await stores.corrections.withdraw(id, end, with: effects()) == false)
        #expect(try await events() == 2, "nothing happened, so nothing is recorded")
    }

    @Test(
        "An author's corrections are in the download, and stay without the reasons when the account is erased",
        arguments: StoreEngine.allCases
    )
    func personalData(engine: StoreEngine) async throws {
        let stores = try engine.stores()
        let fixture = try AccountFixture(store: stores.accounts, outbox: stores.outbox)
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        let part = CorrectionPersonalData(store: stores.corrections)
        #expect(try await part.sections(of: who.person, at: start).isEmpty)
        #expect(try await part.erasurePreview(of: who.person, at: start) == ErasurePreview())
        for (author, reason) in [(who.person, "Мне сказала сестра"), (editor, "a letter")] {
            let subject = FieldCorrection.Subject(layer: .stops, key: "s\(author.rawValue)", field: "name_ru")
            let new = NewCorrection(subject, value: "x", base: nil, author: author, reason: reason, time: start)
            _ = try await stores.corrections.add([new], with: SideEffects(at: start))
        }
        let sections = try await part.sections(of: who.person, at: start)
        let section = try #require(sections.first)
        let text = try Self.json(section.value)
        #expect(sections.map(\.name) == ["directoryCorrections"])
        #expect(text.contains("Мне сказала сестра"))
        #expect(!text.contains("a letter"))
        let preview = try await part.erasurePreview(of: who.person, at: start)
        #expect(preview.erased == [.init(subject: "correction_reasons", count: 1)])
        #expect(preview.kept == [.init(subject: "corrections", count: 1, reason: "corrections")])
        guard case .inTransaction(let step) = part.erasure else {
            Issue.record("not in the transaction of the account")
            return
        }
        #expect(try await stores.accounts.erase(who.person, steps: [step], with: SideEffects(at: start)))
        let reasons = try await stores.corrections.correctionsInForce().map(\.reason)
        #expect(reasons == ["", "a letter"])
    }

    @Test(
        "As many other corrections after an older database was restored make another version",
        arguments: StoreEngine.allCases
    )
    func versionAfterARestore(engine: StoreEngine) async throws {
        func new(_ value: String, after seconds: Double) -> NewCorrection {
            let subject = FieldCorrection.Subject(layer: .stops, key: "s1", field: "name_ru")
            return NewCorrection(
                subject,
                value: value,
                base: nil,
                author: editor,
                reason: "a letter",
                time: start + seconds
            )
        }
        let (lost, restored) = (try engine.stores().corrections, try engine.stores().corrections)
        for store in [lost, restored] { _ = try await store.add([new("a", after: 0)], with: SideEffects(at: start)) }
        #expect(try await lost.correctionsVersion() == restored.correctionsVersion())
        _ = try await lost.add([new("b", after: 10)], with: SideEffects(at: start))
        _ = try await restored.add([new("c", after: 99)], with: SideEffects(at: start))
        #expect(try await lost.correctionsVersion() != restored.correctionsVersion())
    }

    @Test(
        "A correction of a layer that this version does not know does not hide the others",
        arguments: StoreEngine.allCases
    )
    func unknownLayer(engine: StoreEngine) async throws {
        let store = try engine.stores().corrections
        let city = try CityFixture(TinyCity.contents())
        for subject in [
            FieldCorrection.Subject(layerName: "metro", key: "m1", field: "name_ru"),
            .init(layer: .organizations, key: "clinic", field: "house"),
        ] {
            let new = NewCorrection(subject, value: "7", base: nil, author: editor, reason: "a letter", time: start)
            _ = try await store.add([new], with: SideEffects(at: start))
        }
        let served = CorrectedGazetteerStore(city.store, corrections: store)
        #expect(try await served.contents().organizations.first { $0.id == "clinic" }?.house == "7")
        #expect(
            try await served.conflicts().map(\.cause) == [.unusable(.unknownReference(field: "layer", value: "metro"))]
        )
    }
}
