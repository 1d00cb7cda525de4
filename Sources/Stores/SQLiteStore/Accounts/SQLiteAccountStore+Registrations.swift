public import Accounts
public import Civic
public import Foundation
import GRDB

extension SQLiteAccountStore {
    /// Stores a registration.
    public func add(_ registration: Registration, with effects: SideEffects) async throws {
        try await transact { db in
            try db.execute(
                sql: """
                    INSERT INTO registration (
                        token_hash, email, email_key, name, language, role, agreement, agreed, identity, inviter, created,
                        expires
                    ) VALUES (:token_hash, :email, :email_key, :name, :language, :role, :agreement, :agreed, :identity, :inviter, :created, :expires)
                    """,
                arguments: [
                    "token_hash": registration.tokenHash, "email": registration.email.text,
                    "email_key": registration.email.key, "name": registration.name?.text,
                    "language": registration.language.rawValue, "role": registration.role.rawValue,
                    "agreement": registration.consent?.version.rawValue, "agreed": registration.consent?.given.stamp,
                    "identity": registration.identity, "inviter": registration.inviter?.rawValue,
                    "created": registration.created.stamp, "expires": registration.expires.stamp,
                ]
            )
            try effects.write(db)
        }
    }

    /// Reads a registration whose link is still valid.
    public func registration(tokenHash: Data, at now: Date) async throws -> Registration? {
        try await database.read { db in
            try RegistrationRow.fetchOne(
                db,
                sql: "SELECT * FROM registration WHERE \(Self.holds)",
                arguments: ["hash": tokenHash, "now": now.stamp]
            )
            .map { try $0.registration }
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
                        SELECT EXISTS (SELECT 1 FROM one_time_token WHERE hash = :hash AND purpose = :purpose AND expires > :now)
                        """,
                    arguments: ["hash": hash, "purpose": StoredToken.Purpose.identity.rawValue, "now": now.stamp]
                )
            }
        guard isThere == true else { return .sourceGone }
        if try isTaken("email_key", account.email.key, by: nil, db) { return .alreadyRegistered }
        if let identity = account.identity, try owner(of: identity, db) != nil { return .alreadyRegistered }
        return try isTaken("username_key", account.username.key, by: nil, db) ? .usernameTaken : nil
    }

    /// The condition for a valid registration: not expired, and an invitation only if the inviter may still manage
    /// staff.
    private static let holds: String = {
        let roles = PermissionGrants.accounts.roles(with: .manageStaff)
        let names = roles.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        return """
            token_hash = :hash AND expires > :now AND (
                inviter IS NULL OR EXISTS (SELECT 1 FROM person WHERE id = inviter AND role IN (\(names)))
            )
            """
    }()

    /// Deletes all registrations of the address, which are void once it has an account, and the ticket that was used.
    private static func useUp(_ account: NewAccount, _ db: Database) throws {
        try db.execute(
            sql: "DELETE FROM registration WHERE email_key = :email_key",
            arguments: ["email_key": account.email.key]
        )
        if case .identityTicket(let hash) = account.source {
            try db.execute(sql: "DELETE FROM one_time_token WHERE hash = :hash", arguments: ["hash": hash])
        }
    }

    private static func insert(_ account: NewAccount, at now: Date, _ db: Database) throws -> PersonID {
        let number = try Int64.fetchOne(
            db,
            sql: """
                INSERT INTO person (
                    email, email_key, name, name_key, username, username_key, language, role, password_hash, password_set,
                    created
                ) VALUES (:email, :email_key, :name, :name_key, :username, :username_key, :language, :role, :password_hash, :password_set, :created) RETURNING id
                """,
            arguments: [
                "email": account.email.text, "email_key": account.email.key, "name": account.name.text,
                "name_key": account.name.key, "username": account.username.text, "username_key": account.username.key,
                "language": account.language.rawValue, "role": account.role.rawValue,
                "password_hash": account.passwordHash, "password_set": account.passwordHash == nil ? nil : now.stamp,
                "created": now.stamp,
            ]
        )
        guard let number else { throw StoreError.noAnswer }
        return PersonID(rawValue: number)
    }
}
