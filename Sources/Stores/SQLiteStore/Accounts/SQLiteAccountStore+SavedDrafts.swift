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
                sql: """
                    SELECT key, form, person, payload, saved, expires FROM saved_draft
                    WHERE key = :key AND expires > :now
                    """,
                arguments: ["key": key, "now": now.stamp]
            )?
            .draft
        }
    }

    /// Saves a draft.
    public func save(_ draft: SavedDraft, mostOfBrowsers: Int) async throws {
        try await transact { db in
            try db.execute(
                sql: """
                    INSERT INTO saved_draft (key, form, person, payload, saved, expires)
                    VALUES (:key, :form, :person, :payload, :saved, :expires)
                    ON CONFLICT (key) DO UPDATE
                    SET payload = excluded.payload, saved = excluded.saved, expires = excluded.expires
                    """,
                arguments: [
                    "key": draft.key, "form": draft.form, "person": draft.person?.rawValue, "payload": draft.payload,
                    "saved": draft.saved.stamp, "expires": draft.expires.stamp,
                ]
            )
            guard draft.person == nil else { return }
            try db.execute(
                sql: """
                    DELETE FROM saved_draft WHERE key IN (
                        SELECT key FROM saved_draft WHERE person IS NULL ORDER BY saved DESC, key
                        LIMIT :batch OFFSET :most
                    )
                    """,
                arguments: ["batch": 1_000, "most": mostOfBrowsers]
            )
        }
    }

    /// Deletes a draft.
    public func deleteSavedDraft(_ key: Data) async throws {
        try await transact { db in
            try db.execute(sql: "DELETE FROM saved_draft WHERE key = :key", arguments: ["key": key])
        }
    }

    static func savedDrafts(of id: PersonID, at now: Date, _ db: Database) throws -> [SavedDraft] {
        try SavedDraftRow.fetchAll(
            db,
            sql: """
                SELECT key, form, person, payload, saved, expires FROM saved_draft
                WHERE person = :person AND expires > :now ORDER BY form
                """,
            arguments: ["person": id.rawValue, "now": now.stamp]
        )
        .map(\.draft)
    }
}

/// An unfinished form as stored in the table.
private struct SavedDraftRow: TableRow {
    static let table = "saved_draft"

    let key: Data
    let form: String
    let person: PersonID?
    let payload: Data
    let saved: Date
    let expires: Date

    var draft: SavedDraft {
        SavedDraft(key: key, form: form, person: person, payload: payload, saved: saved, expires: expires)
    }
}
