public import Accounts
public import Civic
public import Foundation
import GRDB

extension SQLiteAccountStore {
    /// Reads a draft that has not expired.
    public func savedDraft(_ key: Data, at now: Date) async throws -> SavedDraft? {
        try await database.read { db in
            try SavedDraftRow.fetchOne(
                db,
                sql: "SELECT \(SavedDraftRow.list) FROM saved_draft WHERE key = :key AND expires > :now",
                arguments: ["key": key, "now": now.stamp]
            )?
            .draft
        }
    }

    /// Saves a draft over the revision before it.
    public func save(_ draft: SavedDraft, maxBrowserDrafts: Int) async throws -> Bool {
        try await transact { db in
            guard draft.revision == 1 else { return try Self.replace(draft, db) }
            try db.execute(
                sql: "DELETE FROM saved_draft WHERE key = :key AND expires <= :now",
                arguments: ["key": draft.key, "now": draft.saved.stamp]
            )
            try db.execute(
                sql: """
                    INSERT INTO saved_draft (key, id, form, person, payload, revision, saved, expires)
                    VALUES (:key, :id, :form, :person, :payload, :revision, :saved, :expires)
                    ON CONFLICT (key) DO NOTHING
                    """,
                arguments: [
                    "key": draft.key, "id": draft.id, "form": draft.form, "person": draft.person?.rawValue,
                    "payload": draft.payload, "revision": draft.revision, "saved": draft.saved.stamp,
                    "expires": draft.expires.stamp,
                ]
            )
            guard db.changesCount == 1 else { return false }
            if draft.person == nil { try Self.deleteOldest(beyond: maxBrowserDrafts, db) }
            return true
        }
    }

    /// Deletes a draft.
    public func deleteSavedDraft(_ key: Data) async throws {
        try await transact { db in
            try db.execute(sql: "DELETE FROM saved_draft WHERE key = :key", arguments: ["key": key])
        }
    }

    /// Gives a browser's draft to a person.
    public func moveSavedDraft(
        _ key: Data,
        to newKey: Data,
        of person: PersonID,
        at now: Date,
        until expires: Date
    ) async throws -> Bool {
        try await transact { db in
            try db.execute(
                sql: "DELETE FROM saved_draft WHERE key = :new_key AND expires <= :now",
                arguments: ["new_key": newKey, "now": now.stamp]
            )
            try db.execute(
                sql: """
                    UPDATE saved_draft SET key = :new_key, person = :person, expires = :expires
                    WHERE key = :key AND expires > :now
                        AND NOT EXISTS (SELECT 1 FROM saved_draft AS present WHERE present.key = :new_key)
                    """,
                arguments: [
                    "key": key, "new_key": newKey, "person": person.rawValue, "expires": expires.stamp,
                    "now": now.stamp,
                ]
            )
            return db.changesCount == 1
        }
    }

    static func savedDrafts(of id: PersonID, at now: Date, _ db: Database) throws -> [SavedDraft] {
        try SavedDraftRow.fetchAll(
            db,
            sql: """
                SELECT \(SavedDraftRow.list) FROM saved_draft
                WHERE person = :person AND expires > :now ORDER BY form
                """,
            arguments: ["person": id.rawValue, "now": now.stamp]
        )
        .map(\.draft)
    }

    private static func replace(_ draft: SavedDraft, _ db: Database) throws -> Bool {
        try db.execute(
            sql: """
                UPDATE saved_draft SET payload = :payload, revision = :revision, saved = :saved, expires = :expires
                WHERE key = :key AND id = :id AND revision = :revision - 1 AND expires > :saved
                """,
            arguments: [
                "key": draft.key, "id": draft.id, "payload": draft.payload, "revision": draft.revision,
                "saved": draft.saved.stamp, "expires": draft.expires.stamp,
            ]
        )
        return db.changesCount == 1
    }

    private static func deleteOldest(beyond most: Int, _ db: Database) throws {
        try db.execute(
            sql: """
                DELETE FROM saved_draft WHERE key IN (
                    SELECT key FROM saved_draft WHERE person IS NULL ORDER BY saved DESC, key
                    LIMIT :batch OFFSET :most
                )
                """,
            arguments: ["batch": 1_000, "most": most]
        )
    }
}

/// An unfinished form as stored in the table.
private struct SavedDraftRow: TableRow {
    static let table = "saved_draft"

    let key: Data
    let id: String
    let form: String
    let person: PersonID?
    let payload: Data
    let revision: Int
    let saved: Date
    let expires: Date

    static let list = "key, id, form, person, payload, revision, saved, expires"

    var draft: SavedDraft {
        SavedDraft(
            key: key,
            id: id,
            form: form,
            person: person,
            payload: payload,
            revision: revision,
            saved: saved,
            expires: expires
        )
    }
}
