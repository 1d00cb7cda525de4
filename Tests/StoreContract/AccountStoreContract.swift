import Accounts
import Civic
import Foundation
import TestSupport
import Testing

/// What an account store must do, whatever engine keeps it.
@Suite struct AccountStoreContract {
    private let start = Date(timeIntervalSince1970: 1_795_600_000)

    private func key(_ byte: UInt8) -> Data { Data(repeating: byte, count: 32) }

    @Test(arguments: StoreEngine.allCases)
    func countersOfFailures(engine: StoreEngine) async throws {
        let store = try engine.stores().accounts
        let counters = [1, 2].map { FailureCounter(key: key($0), halfLife: .hours(1)) }
        #expect(try await store.failures(counters, at: start).isEmpty)
        for second in 0..<3 {
            let time = start + Double(second)
            #expect(try await store.countFailure(counters, at: time, unless: { _ in nil }) == nil)
        }
        let counts = try await store.failures(counters, at: start + 3)
        #expect(counts[key(1)] == FailureCount(count: 3, last: start + 2))
        let hold = FailureHold(until: start + 99, key: key(1))
        #expect(try await store.countFailure(counters, at: start + 3, unless: { _ in hold }) == hold)
        #expect(try await store.failures(counters, at: start + 3) == counts)
        try await store.settle(forgetting: [key(1)], takingBack: [key(2), key(3)])
        #expect(
            try await store.failures(counters, at: start + 3) == [key(2): FailureCount(count: 2, last: start + 2)]
        )
    }

    @Test("A failure count decays continuously with its half-life", arguments: StoreEngine.allCases)
    func cooling(engine: StoreEngine) async throws {
        let store = try engine.stores().accounts
        let counters = [1, 2].map { FailureCounter(key: key($0), halfLife: .hours(Int($0))) }
        for _ in 0..<16 { _ = try await store.countFailure(counters, at: start, unless: { _ in nil }) }
        func counts(_ hours: Double) async throws -> [Int?] {
            let counts = try await store.failures(counters, at: start + hours * 3_600)
            return counters.map { counts[$0.key]?.count }
        }
        #expect(try await counts(0) == [16, 16])
        #expect(try await counts(0.5) == [11, 13])
        #expect(try await counts(2) == [4, 8])
        #expect(try await counts(6) == [nil, 2])
        // A new failure is added to the count that is left.
        _ = try await store.countFailure(counters, at: start + 7_200, unless: { _ in nil })
        #expect(try await counts(2) == [5, 9])
    }

    @Test(
        "Quotas are charged all together or not at all, and start again after their period",
        arguments: StoreEngine.allCases
    )
    func quotas(engine: StoreEngine) async throws {
        let store = try engine.stores().accounts
        let narrow = QuotaCharge(key: key(1), quota: .init(2, per: .seconds(60)))
        let wide = QuotaCharge(key: key(2), quota: .init(3, per: .seconds(600)))
        #expect(try await store.charge([narrow, wide], at: start) == nil)
        #expect(try await store.charge([narrow, wide], at: start + 1) == nil)
        #expect(try await store.charge([narrow, wide], at: start + 2) == start + 60)
        #expect(try await store.charge([wide, narrow], at: start + 3) == start + 60)
        #expect(try await store.charge([narrow, wide], at: start + 60) == nil)
        #expect(try await store.charge([narrow, wide], at: start + 61) == start + 600)
    }

    @Test("A store depends on its keys as soon as there is an account", arguments: StoreEngine.allCases)
    func keys(engine: StoreEngine) async throws {
        let store = try engine.stores().accounts
        #expect(try await store.dependsOnKeys() == false)
        _ = try await store.newPerson(1, at: start)
        #expect(try await store.dependsOnKeys())
    }

    @Test(
        "A draft is saved over the revision before it only, until it expires or its person is erased",
        arguments: StoreEngine.allCases
    )
    func savedDrafts(engine: StoreEngine) async throws {
        let store = try engine.stores().accounts
        let owner = try await store.newPerson(1, at: start)
        func draft(_ number: UInt8, _ person: PersonID?, revision: Int = 1, at second: Double = 0) -> SavedDraft {
            SavedDraft(
                key: key(number),
                id: "id\(number)",
                form: "report",
                person: person,
                payload: Data("\(number)-\(revision)".utf8),
                revision: revision,
                saved: start + second,
                expires: start + second + 60
            )
        }
        #expect(try await store.savedDraft(key(1), at: start) == nil)
        #expect(try await !store.save(draft(1, owner, revision: 2), maxBrowserDrafts: 2), "nothing is stored before it")
        #expect(try await store.save(draft(1, owner), maxBrowserDrafts: 2))
        #expect(try await !store.save(draft(1, owner, at: 5), maxBrowserDrafts: 2), "another began it meanwhile")
        let second = draft(1, owner, revision: 2, at: 10)
        #expect(try await store.save(second, maxBrowserDrafts: 2))
        #expect(
            try await !store.save(draft(1, owner, revision: 2, at: 11), maxBrowserDrafts: 2),
            "another saved it meanwhile"
        )
        #expect(try await store.savedDraft(key(1), at: start + 69.9) == second)
        #expect(try await store.savedDraft(key(1), at: start + 70) == nil)
        #expect(try await !store.save(draft(1, owner, revision: 3, at: 70), maxBrowserDrafts: 2), "it has expired")
        #expect(try await store.personalData(of: owner, at: start + 20)?.drafts == [second])
        // Of browsers without a session, only the drafts that were saved last are kept.
        for number in UInt8(2)...4 {
            #expect(try await store.save(draft(number, nil, at: Double(number)), maxBrowserDrafts: 2))
        }
        let numbers: [UInt8] = [1, 2, 3, 4]
        var left: [UInt8] = []
        for number in numbers where try await store.savedDraft(key(number), at: start + 20) != nil {
            left.append(number)
        }
        #expect(left == [1, 3, 4])
        try await store.deleteSavedDraft(key(3))
        #expect(try await store.savedDraft(key(3), at: start + 20) == nil)
        // A draft changes hands once, and never takes the place of another.
        func move(_ number: UInt8, to other: UInt8) async throws -> Bool {
            let (now, end) = (start + 20, start + 500)
            return try await store.moveSavedDraft(key(number), to: key(other), of: owner, at: now, until: end)
        }
        #expect(try await !move(4, to: 1))
        #expect(try await move(4, to: 9))
        #expect(try await !move(4, to: 10))
        let moved = try await store.savedDraft(key(9), at: start + 499)
        #expect(moved?.person == owner && moved?.id == "id4")
        #expect(try await store.erase(owner, steps: [], with: SideEffects(at: start)))
        for number in [UInt8(1), 9] { #expect(try await store.savedDraft(key(number), at: start + 20) == nil) }
    }

    @Test("Of many who save over the same revision at once, one does", arguments: StoreEngine.allCases)
    func savedAtOnce(engine: StoreEngine) async throws {
        let store = try engine.stores().accounts
        for revision in 1...3 {
            let saved = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<8 {
                    let draft = SavedDraft(
                        key: key(1),
                        id: "id",
                        form: "report",
                        person: nil,
                        payload: Data([UInt8(number)]),
                        revision: revision,
                        saved: start,
                        expires: start + 60
                    )
                    group.addTask { try await store.save(draft, maxBrowserDrafts: 10) }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(saved == 1)
        }
    }

    @Test("Numbers of people are not reused", arguments: StoreEngine.allCases)
    func numbers(engine: StoreEngine) async throws {
        let store = try engine.stores().accounts
        let first = try await store.newPerson(1, at: start)
        #expect(try await store.erase(first, steps: [], with: SideEffects(at: start)))
        #expect(try await store.erase(first, steps: [], with: SideEffects(at: start)) == false)
        #expect(try await store.newPerson(2, at: start) > first)
    }

    @Test(
        "A token of one purpose is not found by another",
        arguments: StoreEngine.allCases,
        StoredToken.Purpose.allCases
    )
    func purposes(engine: StoreEngine, purpose: StoredToken.Purpose) async throws {
        let store = try engine.stores().accounts
        let token = StoredToken(
            hash: key(9),
            purpose: purpose,
            person: nil,
            payload: Data([7]),
            triesLeft: 2,
            expires: start + 5
        )
        try await store.keep(token, with: SideEffects(at: start))
        for other in StoredToken.Purpose.allCases where other != purpose {
            #expect(try await store.token(key(9), for: other, at: start) == nil)
            #expect(try await store.take(key(9), for: other, at: start) == nil)
            #expect(try await store.countTry(key(9), for: other, at: start) == nil)
        }
        #expect(try await store.take(key(9), for: purpose, at: start + 5) == nil)
        #expect(try await store.take(key(9), for: purpose, at: start) == token)
        #expect(try await store.take(key(9), for: purpose, at: start) == nil)
    }
}
