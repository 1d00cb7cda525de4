public import Accounts
public import Civic
public import Foundation
import GRDB

extension SQLiteAccountStore {
    /// Reads all data of a person, in one consistent read.
    public func personalData(of id: PersonID, at now: Date) async throws -> StoredPersonalData? {
        try await database.read { db in
            guard let row = try PersonRow.fetch(db, where: "id = :id", ["id": id.rawValue]),
                let details = try Self.sealedDetails(of: id, db)
            else { return nil }
            let factor = try Self.secondFactor(of: id, db)
            return StoredPersonalData(
                person: try row.person,
                details: details,
                consents: try Self.consents(of: id, db),
                sessions: try Self.sessions(of: id, at: now, db),
                identities: try Self.storedIdentities(of: id, db),
                emailChange: try Self.emailChange(of: id, at: now, db),
                formerEmails: try Self.formerAddresses(of: id, db),
                secondFactor: factor?.factor,
                secondFactorSince: factor?.since,
                events: try Self.events(concerning: id, db),
                mails: try Self.waitingMails(to: try Self.addressKeys(of: id, db), db),
                drafts: try Self.savedDrafts(of: id, at: now, db)
            )
        }
    }

    /// Whether the person is the only administrator of the portal.
    public func isLastAdministrator(_ id: PersonID) async throws -> Bool {
        try await database.read { db in try Self.isLastAdministrator(id, db) }
    }

    /// Erases a person and everything that names them; the audit record keeps a number that is never reused.
    public func erase(
        _ id: PersonID,
        steps: [any TransactionalErasure],
        with effects: SideEffects
    ) async throws -> Bool {
        let steps = try steps.map(Self.databaseErasure)
        return try await transact { db in try Self.erase(id, steps, with: effects, db) }
    }

    /// Erases the person to whom a token belongs.
    public func erase(
        by tokenHash: Data,
        at now: Date,
        steps: [any TransactionalErasure],
        with effects: SideEffects
    ) async throws -> ErasureConfirmation {
        let steps = try steps.map(Self.databaseErasure)
        return try await transact { db in
            guard let person = try Self.token(tokenHash, for: .erasure, at: now, db)?.person else { return .expired }
            // The token is deleted together with the person.
            return try Self.erase(person, steps, with: effects, db) ? .erased : .lastAdministrator
        }
    }

    private static func databaseErasure(_ step: any TransactionalErasure) throws -> any DatabaseErasure {
        guard let step = step as? any DatabaseErasure else { throw StoreError.foreignErasure("\(type(of: step))") }
        return step
    }

    private static func erase(
        _ id: PersonID,
        _ steps: [any DatabaseErasure],
        with effects: SideEffects,
        _ db: Database
    ) throws -> Bool {
        let keys = try addressKeys(of: id, db)
        guard !keys.isEmpty, try !isLastAdministrator(id, db) else { return false }
        for recipient in try recipients(keys, db) { try SQLiteOutbox.forget(recipient: recipient, db) }
        for key in keys {
            try db.execute(sql: "DELETE FROM registration WHERE email_key = :email_key", arguments: ["email_key": key])
            // People who were changing to this address keep their accounts and can ask again.
            for other in try Int64.fetchAll(
                db,
                sql: "SELECT person FROM email_change WHERE email_key = :email_key",
                arguments: ["email_key": key]
            ) {
                try dropEmailChange(of: PersonID(rawValue: other), db)
            }
        }
        for step in steps { try step.erase(id, in: db) }
        try db.execute(sql: "DELETE FROM person WHERE id = :id", arguments: ["id": id.rawValue])
        try effects.write(db)
        return true
    }

    private static func formerAddresses(of id: PersonID, _ db: Database) throws -> [String] {
        try String.fetchAll(
            db,
            sql: "SELECT email FROM former_address WHERE person = :person ORDER BY changed",
            arguments: ["person": id.rawValue]
        )
    }

    /// The keys of all addresses of a person: present, former and pending.
    private static func addressKeys(of id: PersonID, _ db: Database) throws -> Set<String> {
        let addresses = try String.fetchAll(
            db,
            sql: """
                SELECT email FROM person WHERE id = :id UNION SELECT email FROM former_address WHERE person = :id
                UNION SELECT email FROM email_change WHERE person = :id
                """,
            arguments: ["id": id.rawValue]
        )
        return Set(addresses.compactMap { EmailAddress(stored: $0)?.key })
    }

    /// The recipients of mails that are still readable and go to one of the addresses, in any spelling.
    private static func recipients(_ keys: Set<String>, _ db: Database) throws -> [String] {
        try String.fetchAll(db, sql: "SELECT DISTINCT recipient FROM outbox_mail WHERE is_blank = 0")
            .filter { recipient in EmailAddress(stored: recipient).map { keys.contains($0.key) } ?? false }
    }

    private static func waitingMails(to keys: Set<String>, _ db: Database) throws -> [WaitingMail] {
        try recipients(keys, db).flatMap { recipient in
            try WaitingMailRow.fetchAll(
                db,
                sql:
                    "SELECT subject, queued FROM outbox_mail WHERE recipient = :recipient AND is_blank = 0 ORDER BY queued, id",
                arguments: ["recipient": recipient]
            )
            .map { WaitingMail(subject: $0.subject, queued: $0.queued) }
        }
    }
}

/// A mail that waits in the outbox, as its recipient's data shows it.
private struct WaitingMailRow: TableRow {
    static let table = "outbox_mail"

    let subject: String
    let queued: Date
}
