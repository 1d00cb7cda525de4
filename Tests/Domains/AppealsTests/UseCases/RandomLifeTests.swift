import Civic
import Foundation
import GRDB
import TestSupport
import Testing

@testable import Appeals
@testable import SQLiteStore

/// Random lives of appeals in a real store: what is kept beside the history always follows from it.
@Suite struct RandomLifeTests {
    @Test("After every move each column equals the replay of the history", arguments: AppealProcedure.allCases)
    func projection(procedure: AppealProcedure) async throws {
        let desk = try AppealDesk()
        var random = SplitMix64(seed: UInt64(procedure.rawValue.utf8.count) &* 104_729)
        let counter = desk.useCases.rules.counter
        var moves = 0
        for life in 0..<8 {
            let item = try await begin(procedure, life, desk)
            var progress = CaseProgress(item.appeal, nil, counter, answers: [:])
            var time = MoveFixture.start
            for _ in 0..<14 {
                time += Double(Int.random(in: 1...2 * 86_400, using: &random))
                let before = progress.appeal
                guard let row = row(for: before, &random),
                    let actor = row.actors.min(by: { $0.rawValue < $1.rawValue })
                else { break }
                let request = MoveFixture.request(row.move, before, by: actor, at: time)
                do {
                    try progress.make(
                        row.move,
                        by: actor,
                        person: request.person,
                        at: time,
                        attested: request.attested,
                        request.details
                    )
                } catch is MoveRefusal { continue } catch is DeadlineError { continue }
                let move = StoredMove(
                    version: before.version,
                    appeal: progress.appeal,
                    term: progress.term,
                    effects: SideEffects(at: time)
                )
                #expect(try await desk.store.append(move) == .made)
                #expect(try await desk.store.append(move) == .stale)
                moves += 1
            }
            let stored = try #require(try await desk.store.appeal(item.id))
            #expect(stored.appeal == progress.appeal)
            #expect(stored.term == progress.term)
            try await compare(stored, desk)
        }
        #expect(moves > 20)
    }

    @Test("The history is only added to")
    func appendOnly() async throws {
        let desk = try AppealDesk()
        _ = try await desk.file(AppealDesk.request())
        for sql in [
            "UPDATE appeal_move SET person = 1", "DELETE FROM appeal_move",
            "INSERT OR REPLACE INTO appeal_move SELECT * FROM appeal_move",
        ] {
            await #expect(throws: DatabaseError.self) { try await desk.database.write { try $0.execute(sql: sql) } }
        }
        #expect(try await desk.count("appeal_move") == 3)
    }

    private func begin(_ procedure: AppealProcedure, _ life: Int, _ desk: AppealDesk) async throws -> StoredAppeal {
        let fixture = MoveFixture.opening(procedure)
        let key = FilingKey(hashes: [Data("\(procedure)\(life)".utf8)], digests: [Data()])
        let content = try AppealDesk.request(procedure.regime).content
        let result = try await desk.store.file(key, year: 2_026) { id, number in
            let opening = AppealOpening(
                id: id,
                regime: fixture.regime,
                kind: fixture.kind,
                owner: fixture.owner,
                category: fixture.category,
                body: fixture.body,
                time: fixture.time
            )
            return NewAppeal(
                number: number,
                appeal: Appeal(opening),
                content: content,
                route: nil,
                term: nil,
                applicant: nil,
                receiptHash: nil,
                rulesVersion: "",
                files: [],
                effects: SideEffects(at: fixture.time)
            )
        }
        guard case .filed(let id, _) = result, let stored = try await desk.store.appeal(id) else {
            throw AppealDesk.Unexpected(what: "\(result)")
        }
        return stored
    }

    // Endings would make most lives short, so most of them are passed over.
    private func row(for appeal: Appeal, _ random: inout SplitMix64) -> Transition? {
        Workflow.standard.transitions.filter { row in
            guard row.from.contains(appeal.state), row.procedures.contains(appeal.procedure) else { return false }
            guard case .state(let target) = row.to, target.isFinal else { return true }
            return Int.random(in: 0..<4, using: &random) == 0
        }
        .randomElement(using: &random)
    }

    private func compare(_ stored: StoredAppeal, _ desk: AppealDesk) async throws {
        let expected = try AppealProjection(appeal: stored.appeal, term: stored.term).arguments
        // The text of a term may name the members of sets in another order.
        let condition = AppealProjection.columns.map {
            $0 == "term" ? "(term IS NULL) = (:term IS NULL)" : "\($0) IS :\($0)"
        }
        .joined(separator: " AND ")
        let id = stored.id.rawValue
        let matches = try await desk.database.read { db in
            try Int.fetchOne(
                db,
                sql: "SELECT count(*) FROM appeal WHERE id = \(id) AND sqlite_version() > '3' AND \(condition)",
                arguments: expected
            )
        }
        #expect(matches == 1)
    }
}
