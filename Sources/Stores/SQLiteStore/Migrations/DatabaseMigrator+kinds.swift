import GRDB

extension DatabaseMigrator {
    /// The migrations of the portal database, in order; a shipped one is never edited.
    static var portal: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("people") { try $0.execute(sql: PeopleTables.sql) }
        migrator.registerMigration("tokens and limits") { try $0.execute(sql: TokenTables.sql) }
        migrator.registerMigration("audit") { try $0.execute(sql: AuditTables.sql) }
        migrator.registerMigration("outbox") { try $0.execute(sql: OutboxTables.sql) }
        migrator.registerMigration("corrections") { try $0.execute(sql: CorrectionTables.sql) }
        migrator.registerMigration("drafts") { try $0.execute(sql: TokenTables.drafts) }
        migrator.registerMigration("write probe") { try $0.execute(sql: probe) }
        migrator.registerMigration("attachments") { try $0.execute(sql: AttachmentTables.sql) }
        migrator.registerMigration("appeals") { try $0.execute(sql: AppealTables.sql) }
        return migrator
    }

    /// The migrations of a city file, in order; a shipped one is never edited.
    static var city: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("city", migrate: CityTables.create)
        return migrator
    }

    /// The row that the readiness check changes and restores to see whether the database can be written.
    private static let probe = """
        CREATE TABLE write_probe (id INTEGER PRIMARY KEY CHECK (id = 1), count INTEGER NOT NULL) STRICT;
        INSERT INTO write_probe (id, count) VALUES (1, 0);
        """
}
