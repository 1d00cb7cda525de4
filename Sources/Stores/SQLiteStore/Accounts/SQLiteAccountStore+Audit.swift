public import Civic
import Foundation
import GRDB

extension SQLiteAccountStore {
    /// Records events and queues mails.
    public func record(_ effects: SideEffects) async throws {
        try await transact { db in try effects.write(db) }
    }

    /// Reads events, the newest first.
    public func events(before: Int64?, of person: PersonID?, limit: Int) async throws -> [RecordedEvent] {
        let concerns = person == nil ? "" : "AND (actor = :person OR subject = :person)"
        return try await database.read { db in
            try AuditEventRow.fetchAll(
                db,
                sql: "SELECT * FROM audit_event WHERE id < :before \(concerns) ORDER BY id DESC LIMIT :limit",
                arguments: Self.arguments(before: before ?? .max, person, limit)
            )
            .map { try $0.event }
        }
    }

    static func events(concerning id: PersonID, _ db: Database) throws -> [RecordedEvent] {
        try AuditEventRow.fetchAll(
            db,
            sql: "SELECT * FROM audit_event WHERE actor = :id OR subject = :id ORDER BY id",
            arguments: ["id": id.rawValue]
        )
        .map { try $0.event }
    }

    private static func arguments(before: Int64, _ person: PersonID?, _ limit: Int) -> StatementArguments {
        person.map { ["before": before, "limit": limit, "person": $0.rawValue] } ?? ["before": before, "limit": limit]
    }
}
