import Appeals
import Attachments
import Civic
import Foundation
import Geo
import TestSupport
import Testing

/// What a store of appeals must do, whatever engine keeps it.
@Suite struct AppealStoreContract {
    private static let start = Date(timeIntervalSince1970: 1_795_410_000.125)
    private static let owner = PersonID(rawValue: 7)
    private static let point = Coordinate(longitude: 76.945, latitude: 43.238)

    private static func key(_ text: String, _ digest: String = "content") -> FilingKey {
        FilingKey(hashes: [Data(text.utf8)], digests: [Data(digest.utf8)])
    }

    private static func content(at point: Coordinate = AppealStoreContract.point) throws -> AppealContent {
        AppealContent(
            title: try AppealTitle("Яма на дороге"),
            text: try AppealText("На дороге большая яма.", in: .report),
            category: "roads.pothole",
            place: try AppealPlace(point: point, district: "medeu", address: "Достық, 97"),
            language: .kk
        )
    }

    private static func details(_ number: AppealNumber) -> MoveDetails {
        MoveDetails {
            $0.number = number
            $0.reason = "reason"
        }
    }

    private static func sent(_ opening: AppealOpening, _ number: AppealNumber) throws -> Appeal {
        let draft = Appeal(opening)
        let attested: Set<MoveRequirement> = [.completeForm, .consents, .idempotencyKey]
        let sent = try draft.making(MoveRequest(.submit, by: .citizen, at: start, version: 0, attested: attested))
        return try sent.making(
            MoveRequest(.registerReport, by: .system, at: start, version: 1, details: details(number))
        )
    }

    private static func file(
        _ key: FilingKey,
        in store: any AppealStore,
        year: Int = 2_026,
        at point: Coordinate = AppealStoreContract.point,
        files: [NewAppealFile] = []
    ) async throws -> FilingResult {
        let content = try Self.content(at: point)
        return try await store.file(key, year: year) { id, number in
            let opening = AppealOpening(
                id: id,
                regime: .report,
                kind: .message,
                owner: owner,
                category: "roads.pothole",
                body: "da_medeu",
                time: start
            )
            return NewAppeal(
                number: number,
                appeal: try sent(opening, number),
                content: content,
                route: nil,
                term: .service(
                    ServiceTerm(
                        clock: ServiceClock(.workingDays(5), received: LocalTime(unixSeconds: 1_795_410_000)),
                        due: LocalTime(LocalDate(number: 20_787), minute: 1_110)
                    )
                ),
                applicant: SealedApplicant(
                    contact: Data([1]),
                    identity: Data([2]),
                    number: Data([3]),
                    numberHash: Data([4])
                ),
                receiptHash: Data([5]),
                rulesVersion: "1",
                files: files,
                effects: SideEffects(at: start)
            )
        }
    }

    private static func begin(in store: any AppealStore) async throws -> AppealID {
        let result = try await file(key("a"), in: store)
        if case .filed(let id, _) = result { return id }
        throw Unexpected(what: "\(result)")
    }

    private struct Unexpected: Error {
        let what: String
    }

    @Test("An appeal comes back as it was filed, under the next number of its year", arguments: StoreEngine.allCases)
    func roundTrip(engine: StoreEngine) async throws {
        let store = try engine.stores().appeals
        let first = try #require(AppealNumber(year: 2_026, sequence: 1))
        #expect(try await Self.file(Self.key("a"), in: store) == .filed(AppealID(rawValue: 1), first))
        let stored = try #require(try await store.appeal(first))
        #expect(stored.content == (try Self.content()))
        #expect(stored.appeal.history.map(\.time) == [Self.start, Self.start])
        #expect(stored.appeal.history.last?.details == Self.details(first))
        #expect(stored.place == stored.content.place)
        #expect(try await store.appeal(stored.id) == stored)
        #expect(try await store.appeal(first, receiptHash: Data([5])) == stored)
        #expect(try await store.appeal(first, receiptHash: Data([6])) == nil)
        #expect(try await store.applicant(of: stored.id)?.number == Data([3]))
        #expect(try await store.appeals(numberHashes: [Data([9]), Data([4])], limit: 9).map(\.number) == [first])
        #expect(try await Self.file(Self.key("a"), in: store) == .repeated(stored.id, first))
        #expect(try await Self.file(Self.key("a", "other"), in: store) == .otherContent(first))
        let second = try #require(AppealNumber(year: 2_026, sequence: 2))
        #expect(try await Self.file(Self.key("b"), in: store) == .filed(AppealID(rawValue: 2), second))
        let nextYear = try #require(AppealNumber(year: 2_027, sequence: 1))
        #expect(try await Self.file(Self.key("c"), in: store, year: 2_027) == .filed(AppealID(rawValue: 3), nextYear))
    }

    @Test("Numbers of several connections are unique and have no gaps", arguments: StoreEngine.allCases)
    func numbers(engine: StoreEngine) async throws {
        let stores = try engine.connections(4)
        let results: [FilingResult] = try await withThrowingTaskGroup(of: FilingResult.self) { group in
            for index in 0..<40 {
                let store = stores[index % 4].appeals
                group.addTask { try await Self.file(Self.key("k\(index % 20)"), in: store) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let filed = results.compactMap { result -> Int? in
            if case .filed(_, let number) = result { return number.sequence }
            return nil
        }
        #expect(filed.sorted() == Array(1...20))
        #expect(results.count == 40)
    }

    @Test("Of two moves on one version one is stored", arguments: StoreEngine.allCases)
    func locking(engine: StoreEngine) async throws {
        let stores = try engine.connections(2)
        let id = try await Self.begin(in: stores[0].appeals)
        let stored = try #require(try await stores[1].appeals.appeal(id))
        let results: [StoredMoveResult] = try await withThrowingTaskGroup(of: StoredMoveResult.self) { group in
            for (index, store) in stores.map(\.appeals).enumerated() {
                let details = MoveDetails { $0.reason = "\(index)" }
                let request = MoveRequest(.withdraw, by: .citizen, at: Self.start + 1, version: 2, details: details)
                let appeal = try stored.appeal.making(request)
                let effects = SideEffects(at: Self.start + 1)
                group.addTask {
                    try await store.append(
                        StoredMove(version: 2, appeal: appeal, term: stored.term, effects: effects)
                    )
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(results) == [.made, .stale])
        let after = try #require(try await stores[0].appeals.appeal(id))
        #expect(after.appeal.state == .withdrawn)
        #expect(after.appeal.version == 3)
        #expect(try await stores[0].appeals.openAppeals(after: nil, limit: 9).isEmpty)
        #expect(try await stores[0].appeals.counts(AppealFilter()) == [.withdrawn: 1])
    }

    @Test("A place and a route are kept with the move that set them", arguments: StoreEngine.allCases)
    func placeAndFiles(engine: StoreEngine) async throws {
        let stores = try engine.stores()
        let store = stores.appeals
        let id = try await Self.begin(in: store)
        let stored = try #require(try await store.appeal(id))
        let place = try AppealPlace(point: Coordinate(longitude: 76.9, latitude: 43.2), district: "almaly")
        let details = MoveDetails {
            $0.changesPlace = true
            $0.reason = "reason"
        }
        let request = MoveRequest(.reclassify, by: .operator, at: Self.start, version: 2, details: details)
        let file = AttachedFile(
            id: AttachmentID(),
            owner: Self.owner,
            name: "яма.jpg",
            format: .jpeg,
            content: StoredContent(digest: FileDigest(of: Data("x".utf8)), size: 1),
            thumbnail: nil,
            state: .available,
            received: Self.start
        )
        let quota = StorageQuota(person: StorageUsage(files: 9, bytes: 99), totalBytes: 99)
        #expect(try await stores.attachments.add(file, within: quota) == .added)
        let id1 = AppealFileID(file.id.rawValue)
        func move(_ owner: PersonID) throws -> StoredMove {
            StoredMove(
                version: 2,
                appeal: try stored.appeal.making(request),
                term: stored.term,
                place: place,
                files: [NewAppealFile(id1, .move, owner: owner)],
                effects: SideEffects(at: Self.start)
            )
        }
        #expect(try await store.append(move(PersonID(rawValue: 8))) == .filesUnavailable)
        #expect(try await store.appeal(id) == stored)
        #expect(try await store.append(move(Self.owner)) == .made)
        let after = try #require(try await store.appeal(id))
        #expect(after.place == place)
        #expect(after.content == stored.content)
        #expect(try await store.files(of: id) == [AppealFile(id: id1, purpose: .move, version: 3, message: nil)])
        #expect(try await stores.attachments.attachment(file.id)?.claimed == Self.start)
        let district = try await store.appeals(
            AppealFilter { $0.districts = ["almaly"] },
            by: .due,
            after: nil,
            limit: 9
        )
        #expect(district.appeals.map(\.id) == [id])
        let box = BoundingBox(Coordinate(longitude: 76.9, latitude: 43.2)).expanded(byMetres: 10)
        #expect(try await store.openReports(of: "roads.pothole", in: box, limit: 9).map(\.id) == [id])
        #expect(try await store.openReports(of: "roads.surface", in: box, limit: 9).isEmpty)
    }

    @Test(
        "A term changes only on the version that was seen, and the change is on record",
        arguments: StoreEngine.allCases
    )
    func terms(engine: StoreEngine) async throws {
        let store = try engine.stores().appeals
        let id = try await Self.begin(in: store)
        let old = try #require(try await store.appeal(id)?.term)
        guard case .service(let service) = old else { throw Unexpected(what: "\(old)") }
        let due = LocalTime(service.due.date.adding(days: 1), minute: 600)
        let new = AppealTerm.service(ServiceTerm(clock: service.clock, due: due))
        let change = TermChange(appeal: id, time: Self.start, old: old, new: new)
        #expect(try await !store.change(change, version: 1, with: SideEffects(at: Self.start)))
        #expect(try await store.change(change, version: 2, with: SideEffects(at: Self.start)))
        #expect(try await store.appeal(id)?.term == new)
        #expect(try await store.termChanges(of: id) == [change])
    }

    @Test("Supports, ratings, notes and readings are kept", arguments: StoreEngine.allCases)
    func records(engine: StoreEngine) async throws {
        let store = try engine.stores().appeals
        let id = try await Self.begin(in: store)
        let person = PersonID(rawValue: 9)
        #expect(try await store.support(id, by: person, at: Self.start))
        #expect(try await !store.support(id, by: person, at: Self.start))
        #expect(try await store.isSupported(id, by: person))
        #expect(try await store.appeal(id)?.supporters == 1)
        #expect(try await store.unsupport(id, by: person))
        #expect(try await !store.unsupport(id, by: person))
        #expect(try await store.appeal(id)?.supporters == 0)
        for stars in [2, 5] {
            let rating = AppealRating(stars: stars, comment: stars == 2 ? "жаман" : nil, time: Self.start)
            try await store.rate(id, rating)
            #expect(try await store.appeal(id)?.rating == rating)
        }
        let note = AppealNote(time: Self.start, person: person, text: "ескерту")
        try await store.add(note, to: id)
        #expect(try await store.notes(of: id) == [note])
        let access = AppealAccess(
            appeal: id,
            person: person,
            role: .executor,
            time: Self.start,
            dataClass: .identity,
            reason: "себеп",
            origin: Data([1])
        )
        try await store.record([access, access])
        #expect(try await store.accesses(of: id, limit: 9) == [access, access])
        #expect(try await store.pastRoutes(limit: 9).isEmpty)
        #expect(try await store.unregistered(limit: 9).isEmpty)
        #expect(try await store.allAppeals(of: Self.owner).map(\.id) == [id])
    }
}
