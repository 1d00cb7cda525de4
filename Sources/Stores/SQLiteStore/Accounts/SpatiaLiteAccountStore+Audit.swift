public import Civic
import Foundation
import GRDB

extension SpatiaLiteAccountStore {
    /// Records events and queues mails.
    public func record(_ effects: SideEffects) async throws {
        try await transact { db in try effects.write(db) }
    }

    /// Reads events, the newest first.
    public func events(before: Int64?, of person: PersonID?, limit: Int) async throws -> [RecordedEvent] {
        let concerns = person == nil ? "" : "AND (actor = :person OR subject = :person)"
        return try await database.read { db in
            try Row.fetchAll(
                db,
                sql: "SELECT * FROM auditEvent WHERE id < :before \(concerns) ORDER BY id DESC LIMIT :limit",
                arguments: Self.arguments(before: before ?? .max, person, limit)
            )
            .map(RecordedEvent.init(row:))
        }
    }

    static func events(concerning id: PersonID, _ db: Database) throws -> [RecordedEvent] {
        try Row.fetchAll(
            db,
            sql: "SELECT * FROM auditEvent WHERE actor = :id OR subject = :id ORDER BY id",
            arguments: ["id": id.rawValue]
        )
        .map(RecordedEvent.init(row:))
    }

    private static func arguments(before: Int64, _ person: PersonID?, _ limit: Int) -> StatementArguments {
        person.map { ["before": before, "limit": limit, "person": $0.rawValue] } ?? ["before": before, "limit": limit]
    }
}

extension RecordedEvent {
    fileprivate init(row: Row) throws {
        let id: Int64 = row["id"]
        self.init(
            id: id,
            event: AuditEvent(
                try PersonRow.value("kind", id, table: "auditEvent") { AuditKind(rawValue: row["kind"]) },
                actor: (row["actor"] as Int64?).map(PersonID.init(rawValue:)),
                subject: (row["subject"] as Int64?).map(PersonID.init(rawValue:)),
                detail: row["detail"],
                origin: row["origin"],
                time: Date(stamp: row["time"])
            )
        )
    }
}
