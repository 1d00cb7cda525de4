public import Accounts
public import Civic
public import Foundation
import GRDB

extension SpatiaLiteAccountStore {
    /// Stores a registration.
    public func add(_ registration: Registration, with effects: SideEffects) async throws {
        try await transact { db in
            try db.execute(
                sql: """
                    INSERT INTO registration (
                        tokenHash, email, emailKey, name, language, role, agreement, agreed, identity, inviter, created,
                        expires
                    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    registration.tokenHash, registration.email.text, registration.email.key, registration.name?.text,
                    registration.language.rawValue, registration.role.rawValue,
                    registration.consent?.version.rawValue, registration.consent?.given.stamp, registration.identity,
                    registration.inviter?.rawValue, registration.created.stamp, registration.expires.stamp,
                ]
            )
            try effects.write(db)
        }
    }

    /// Reads a registration whose link is still valid.
    public func registration(tokenHash: Data, at now: Date) async throws -> Registration? {
        try await database.read { db in
            try Row.fetchOne(
                db,
                sql: "SELECT rowid, * FROM registration WHERE \(Self.holds)",
                arguments: ["hash": tokenHash, "now": now.stamp]
            )
            .map(Registration.init(row:))
        }
    }

    /// Creates an account and its first session, and uses up the registration or ticket it is based on.
    public func create(
        _ account: NewAccount,
        at now: Date,
        with effects: SideEffects
    ) async throws -> CreationResult {
        try await transact { db in
            if let hindrance = try Self.hindrance(to: account, at: now, db) { return hindrance }
            try Self.useUp(account, db)
            let id = try Self.insert(account, at: now, db)
            try Self.insert(account.consent, of: id, db)
            if let identity = account.identity { try Self.insert(identity, of: id, at: now, db) }
            let session = try Self.insert(account.session, of: id, db)
            try effects.write(db, created: id)
            return .created(id, session)
        }
    }

    private static func hindrance(to account: NewAccount, at now: Date, _ db: Database) throws -> CreationResult? {
        let isThere: Bool? =
            switch account.source {
            case .registration(let hash):
                try Bool.fetchOne(
                    db,
                    sql: "SELECT EXISTS (SELECT 1 FROM registration WHERE \(holds))",
                    arguments: ["hash": hash, "now": now.stamp]
                )
            case .identityTicket(let hash):
                try Bool.fetchOne(
                    db,
                    sql: """
                        SELECT EXISTS (SELECT 1 FROM oneTimeToken WHERE hash = ? AND purpose = ? AND expires > ?)
                        """,
                    arguments: [hash, StoredToken.Purpose.identity.rawValue, now.stamp]
                )
            }
        guard isThere == true else { return .sourceGone }
        if try isTaken("emailKey", account.email.key, by: nil, db) { return .alreadyRegistered }
        if let identity = account.identity, try owner(of: identity, db) != nil { return .alreadyRegistered }
        return try isTaken("usernameKey", account.username.key, by: nil, db) ? .usernameTaken : nil
    }

    /// The condition for a valid registration: not expired, and an invitation only if the inviter may still manage
    /// staff.
    private static let holds: String = {
        let roles = PermissionGrants.accounts.roles(with: .manageStaff)
        let names = roles.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        return """
            tokenHash = :hash AND expires > :now AND (
                inviter IS NULL OR EXISTS (SELECT 1 FROM person WHERE id = inviter AND role IN (\(names)))
            )
            """
    }()

    /// Deletes all registrations of the address, which are void once it has an account, and the ticket that was used.
    private static func useUp(_ account: NewAccount, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM registration WHERE emailKey = ?", arguments: [account.email.key])
        if case .identityTicket(let hash) = account.source {
            try db.execute(sql: "DELETE FROM oneTimeToken WHERE hash = ?", arguments: [hash])
        }
    }

    private static func insert(_ account: NewAccount, at now: Date, _ db: Database) throws -> PersonID {
        try db.execute(
            sql: """
                INSERT INTO person (
                    email, emailKey, name, nameKey, username, usernameKey, language, role, passwordHash, passwordSet,
                    created
                ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                account.email.text, account.email.key, account.name.text, account.name.key,
                account.username.text, account.username.key, account.language.rawValue, account.role.rawValue,
                account.passwordHash, account.passwordHash == nil ? nil : now.stamp, now.stamp,
            ]
        )
        return PersonID(rawValue: db.lastInsertedRowID)
    }
}

extension Registration {
    fileprivate init(row: Row) throws {
        let (id, table): (Int64, String) = (row["rowid"], "registration")
        let consent = (row["agreement"] as String?).flatMap { version in
            (row["agreed"] as Int64?).map {
                Consent(subject: .agreement, version: AgreementVersion(rawValue: version), given: Date(stamp: $0))
            }
        }
        self.init(
            tokenHash: row["tokenHash"],
            email: try PersonRow.value("email", id, table: table) { EmailAddress(stored: row["email"]) },
            name: (row["name"] as String?).map(PersonName.init(stored:)),
            language: try PersonRow.value("language", id, table: table) {
                Language(rawValue: row["language"])
            },
            role: try PersonRow.value("role", id, table: table) { Role(rawValue: row["role"]) },
            consent: consent,
            identity: row["identity"],
            inviter: (row["inviter"] as Int64?).map(PersonID.init(rawValue:)),
            created: Date(stamp: row["created"]),
            expires: Date(stamp: row["expires"])
        )
    }
}
