import Accounts
import Civic
import Foundation
import GRDB
import TestSupport
import Testing

@testable import SQLiteStore

@Suite struct AccountsRecordTests {
    @Test(
        "The audit record is append-only, whatever the SQL statement",
        arguments: [
            "UPDATE audit_event SET kind = 'signedOut'", "UPDATE audit_event SET subject = NULL WHERE id = 1",
            "DELETE FROM audit_event", "DELETE FROM audit_event WHERE id = 1",
            "INSERT OR REPLACE INTO audit_event (id, time, kind) VALUES (1, 0, 'signedOut')",
            "REPLACE INTO audit_event (id, time, kind) VALUES (2, 0, 'signedOut')",
            "INSERT INTO audit_event (id, time, kind) VALUES (1, 0, 'x') ON CONFLICT (id) DO UPDATE SET kind = 'x'",
        ]
    )
    func appendOnly(sql: String) async throws {
        let database = try PortalDatabase.traced()
        let fixture = try AccountFixture(store: SQLiteAccountStore(database), outbox: SQLiteOutbox(database))
        _ = try await fixture.member("asel@example.kz", username: "asel")
        let before = try await fixture.store.events(before: nil, of: nil, limit: 100)
        #expect(before.count == 2)
        await #expect(throws: DatabaseError.self) { try await database.write { db in try db.execute(sql: sql) } }
        #expect(try await fixture.store.events(before: nil, of: nil, limit: 100) == before)
    }

    @Test("Events are read back as they were recorded")
    func roundTrip() async throws {
        let store = SQLiteAccountStore(try PortalDatabase.traced())
        let time = Date(timeIntervalSince1970: 1_795_600_000.125)
        let events = AuditKind.accounts.enumerated().map { index, kind in
            AuditEvent(
                kind,
                actor: index % 2 == 0 ? nil : PersonID(rawValue: Int64(index)),
                subject: PersonID(rawValue: 7),
                detail: index % 3 == 0 ? nil : "word",
                origin: index % 4 == 0 ? nil : Data([1, 2, UInt8(index)]),
                time: time
            )
        }
        try await store.record(SideEffects(at: time, events: events))
        let read = try await store.events(before: nil, of: PersonID(rawValue: 7), limit: 100)
        #expect(read.reversed().map(\.event) == events)
    }
}
