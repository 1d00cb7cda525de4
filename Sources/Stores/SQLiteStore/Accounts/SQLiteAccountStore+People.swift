public import Accounts
public import Civic
public import Foundation
import GRDB

extension SQLiteAccountStore {
    /// Reads a person.
    public func person(_ id: PersonID) async throws -> Person? {
        try await database.read { db in
            try PersonRow.fetch(db, where: "id = :id", ["id": id.rawValue]).map { try $0.person }
        }
    }

    /// Reads the credentials against which a sign-in is checked.
    public func credentials(for login: Login) async throws -> Credentials? {
        let (column, key) =
            switch login {
            case .email(let key): ("email_key", key)
            case .username(let key): ("username_key", key)
            }
        return try await credentials(where: "\(column) = :key", ["key": key])
    }

    /// Reads the credentials against which a renewed proof of identity is checked.
    public func credentials(of id: PersonID) async throws -> Credentials? {
        try await credentials(where: "id = :id", ["id": id.rawValue])
    }

    private func credentials(where condition: String, _ arguments: StatementArguments) async throws -> Credentials? {
        try await database.read { db in
            try PersonRow.fetch(db, where: condition, arguments).map {
                Credentials(person: try $0.person, passwordHash: $0.passwordHash)
            }
        }
    }

    /// Reads the details that are stored encrypted.
    public func sealedDetails(of id: PersonID) async throws -> SealedDetails? {
        try await database.read { db in try Self.sealedDetails(of: id, db) }
    }

    static func sealedDetails(of id: PersonID, _ db: Database) throws -> SealedDetails? {
        try SealedDetailsRow.fetchOne(
            db,
            sql: "SELECT phone, iin, is_iin_verified FROM person WHERE id = :id",
            arguments: ["id": id.rawValue]
        )
        .map { SealedDetails(phone: $0.phone, iin: $0.iin, isIINVerified: $0.isIinVerified) }
    }

    /// Reads the consents.
    public func consents(of id: PersonID) async throws -> [Consent] {
        try await database.read { db in try Self.consents(of: id, db) }
    }

    static func consents(of id: PersonID, _ db: Database) throws -> [Consent] {
        try ConsentRow.fetchAll(
            db,
            sql: "SELECT id, subject, version, given, withdrawn FROM consent WHERE person = :person ORDER BY id",
            arguments: ["person": id.rawValue]
        )
        .map { try $0.consent }
    }

    /// Finds people by the keyed hashes of an IIN.
    public func people(iinHashes: [Data]) async throws -> [Person] {
        try await database.read { db in
            try iinHashes.flatMap { hash in
                try PersonRow.fetchAll(
                    db,
                    sql: "SELECT \(PersonRow.columns) FROM person WHERE iin_hash = :iin_hash",
                    arguments: ["iin_hash": hash]
                )
                .map { try $0.person }
            }
            .sorted { $0.id < $1.id }
        }
    }

    /// Finds people whose name, user name or address begins with a text; each is a range query on an index.
    public func people(matching text: String, limit: Int) async throws -> [Person] {
        // Fold the text for each column in the same way as its values were folded.
        let starts = [
            ("name_key", PersonName.key(of: text)), ("username_key", Username.key(of: text)),
            ("email_key", EmailAddress.key(ofPrefix: text)),
        ]
        let ranges = starts.map { column, _ in
            "SELECT id FROM person WHERE \(column) >= :\(column) AND \(column) < :\(column)End"
        }
        var arguments: StatementArguments = ["limit": limit]
        for (column, first) in starts { arguments += [column: first, column + "End": first + "\u{10FFFF}"] }
        let values = arguments
        return try await database.read { db in
            try PersonRow.fetchAll(
                db,
                sql: """
                    SELECT \(PersonRow.columns) FROM person WHERE id IN (\(ranges.joined(separator: " UNION ")))
                    ORDER BY role = 'citizen', name_key, id LIMIT :limit
                    """,
                arguments: values
            )
            .map { try $0.person }
        }
    }

    /// Reads the names of people.
    public func names(of ids: Set<PersonID>) async throws -> [PersonID: PersonName] {
        guard !ids.isEmpty else { return [:] }
        let numbers = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ("id\($0)", $1.rawValue) })
        let names = numbers.keys.sorted().map { ":\($0)" }.joined(separator: ", ")
        let rows = try await database.read { db in
            try NameRow.fetchAll(
                db,
                sql: "SELECT id, name FROM person WHERE id IN (\(names))",
                arguments: StatementArguments(numbers)
            )
            .map { ($0.id, PersonName(stored: $0.name)) }
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    /// Finds the first user name that is free.
    public func firstFree(of usernames: [Username]) async throws -> Username? {
        try await database.read { db in
            try usernames.first { !(try Self.isTaken("username_key", $0.key, by: nil, db)) }
        }
    }

    /// Counts the administrators.
    public func administratorCount() async throws -> Int {
        try await database.read { db in try Self.administratorCount(db) }
    }

    static func administratorCount(_ db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM person WHERE role = 'admin'") ?? 0
    }

    /// Whether a value that must be unique belongs to another person; numbers of people begin with 1.
    static func isTaken(
        _ column: String,
        _ value: any DatabaseValueConvertible,
        by id: PersonID?,
        _ db: Database
    ) throws -> Bool {
        try Bool.fetchOne(
            db,
            sql: "SELECT EXISTS (SELECT 1 FROM person WHERE \(column) = :value AND id <> :id)",
            arguments: ["value": value, "id": id?.rawValue ?? 0]
        ) ?? false
    }
}

/// The sealed columns of a person.
private struct SealedDetailsRow: TableRow {
    static let table = "person"

    let phone: Data?
    let iin: Data?
    let isIinVerified: Bool
}

/// The name of a person.
private struct NameRow: TableRow {
    static let table = "person"

    let id: PersonID
    let name: String
}
