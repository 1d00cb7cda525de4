public import Appeals
public import Civic
import Foundation
import GRDB

/// Which staff are responsible, and where people get mails.
extension SQLiteAppealStore {
    /// Reads the grant of a person.
    public func grant(of person: PersonID) async throws -> StaffGrant? {
        try await database.read { db in
            try GrantRow.fetchOne(
                db,
                sql: "SELECT person, districts, is_head, is_moderator, deputy FROM appeal_staff WHERE person = :person",
                arguments: ["person": person.rawValue]
            )
            .map { try Self.grant($0, db) }
        }
    }

    /// Reads all grants.
    public func grants() async throws -> [StaffGrant] {
        try await database.read { db in
            try GrantRow.fetchAll(
                db,
                sql: "SELECT person, districts, is_head, is_moderator, deputy FROM appeal_staff ORDER BY person"
            )
            .map { try Self.grant($0, db) }
        }
    }

    /// Stores a grant.
    public func set(_ grant: StaffGrant, with effects: SideEffects) async throws {
        try await database.transact { db in
            try Self.deleteGrant(of: grant.person, db)
            try effects.write(db)
            guard !grant.bodies.isEmpty || grant.isHead || grant.isModerator || grant.deputy != nil else { return }
            try db.execute(
                sql: """
                    INSERT INTO appeal_staff (person, districts, is_head, is_moderator, deputy)
                    VALUES (:person, :districts, :is_head, :is_moderator, :deputy)
                    """,
                arguments: [
                    "person": grant.person.rawValue, "is_head": grant.isHead ? 1 : 0,
                    "districts": try grant.districts.map { try AppealJSON.text($0.map(\.rawValue).sorted()) },
                    "is_moderator": grant.isModerator ? 1 : 0, "deputy": grant.deputy?.rawValue,
                ]
            )
            for body in grant.bodies.sorted() {
                try db.execute(
                    sql: "INSERT INTO appeal_staff_body (person, body) VALUES (:person, :body)",
                    arguments: ["person": grant.person.rawValue, "body": body.rawValue]
                )
            }
        }
    }

    /// Deletes the grant of a person.
    static func deleteGrant(of person: PersonID, _ db: Database) throws {
        let arguments: StatementArguments = ["person": person.rawValue]
        try db.execute(sql: "DELETE FROM appeal_staff_body WHERE person = :person", arguments: arguments)
        try db.execute(sql: "DELETE FROM appeal_staff WHERE person = :person", arguments: arguments)
    }

    /// Reads the mailbox of an account.
    public func mailbox(of person: PersonID) async throws -> AccountMailbox? {
        try await database.read { db in
            try MailboxRow.fetchOne(
                db,
                sql: "SELECT id, email, language, notifies_appeals FROM person WHERE id = :id",
                arguments: ["id": person.rawValue]
            )?.mailbox
        }
    }

    /// Reads the mailboxes of those who are responsible for a body.
    public func mailboxes(of body: AppealBody.ID, headsOnly: Bool, limit: Int) async throws -> [AccountMailbox] {
        try await database.read { db in
            try MailboxRow.fetchAll(
                db,
                sql: """
                    SELECT person.id, email, language, notifies_appeals FROM appeal_staff_body
                    JOIN appeal_staff ON appeal_staff.person = appeal_staff_body.person
                    JOIN person ON person.id = appeal_staff_body.person
                    WHERE body = :body AND is_head >= :least AND role <> 'citizen' ORDER BY person.id LIMIT :limit
                    """,
                arguments: ["body": body.rawValue, "least": headsOnly ? 1 : 0, "limit": limit]
            )
            .map { try $0.mailbox }
        }
    }

    private static func grant(_ row: GrantRow, _ db: Database) throws -> StaffGrant {
        let bodies = try String.fetchAll(
            db,
            sql: "SELECT body FROM appeal_staff_body WHERE person = :person",
            arguments: ["person": row.person.rawValue]
        )
        let districts = try row.districts.map {
            try AppealJSON.value([String].self, $0, "districts", of: row.person.rawValue, in: GrantRow.table)
        }
        return StaffGrant(
            person: row.person,
            bodies: Set(bodies.map { Key($0) }),
            districts: districts.map { Set($0.map { Key($0) }) },
            isHead: row.isHead,
            isModerator: row.isModerator,
            deputy: row.deputy.map { Key($0) }
        )
    }
}

/// A grant as it is stored.
private struct GrantRow: TableRow {
    static let table = "appeal_staff"

    let person: PersonID
    let districts: String?
    let isHead: Bool
    let isModerator: Bool
    let deputy: String?
}

/// Where a person gets mails.
private struct MailboxRow: TableRow {
    static let table = "person"

    let id: PersonID
    let email: String
    let language: String
    let notifiesAppeals: Bool

    var mailbox: AccountMailbox {
        get throws {
            AccountMailbox(
                person: id,
                email: try Self.required("email", id, EmailAddress(stored: email)),
                language: try Self.required("language", id, Language(rawValue: language)),
                wantsMails: notifiesAppeals
            )
        }
    }
}
