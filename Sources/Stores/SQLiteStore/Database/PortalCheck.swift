public import GRDB

/// The result of one check of a database.
public struct DatabaseFinding: Sendable, Equatable {
    /// What was checked.
    public let subject: String
    /// Whether it is as required.
    public let passed: Bool
    /// Figures or the first faults.
    public let detail: String

    /// Makes a finding; checks outside the databases report theirs beside those of the stores.
    public init(subject: String, passed: Bool, detail: String) {
        self.subject = subject
        self.passed = passed
        self.detail = detail
    }

    /// Whether the pages of a database fit together.
    static func integrity(of name: String, _ db: Database) throws -> DatabaseFinding {
        let answer = try String.fetchAll(db, sql: "PRAGMA integrity_check")
        return DatabaseFinding(
            subject: "\(name): database integrity",
            passed: answer == ["ok"],
            detail: answer.joined(separator: "; ")
        )
    }

    /// Whether all records that others refer to exist.
    static func references(of name: String, _ db: Database) throws -> DatabaseFinding {
        let count = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").count
        return DatabaseFinding(subject: "\(name): references", passed: count == 0, detail: "\(count) broken")
    }
}

/// Checks that the portal database is sound.
public struct PortalCheck: Sendable {
    private let database: any DatabaseReader

    /// Wraps a database that `PortalDatabase` opened.
    public init(_ database: any DatabaseReader) { self.database = database }

    /// Runs all checks.
    ///
    /// - Throws: what SQLite throws.
    public func findings() async throws -> [DatabaseFinding] {
        try await database.read { db in
            try [.integrity(of: "portal", db), .references(of: "portal", db)]
        }
    }
}
