import GRDB

extension DatabaseMigrator {
    /// Every migration, in order; a shipped one is never edited.
    static var openAlmaty: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("0001 gazetteer", migrate: Migration0001.gazetteer)
        migrator.registerMigration("0002 streets", migrate: Migration0002.streets)
        migrator.registerMigration("0003 accounts", migrate: Migration0003.accounts)
        migrator.registerMigration("0004 lost mailboxes", migrate: Migration0004.lostMailboxes)
        return migrator
    }
}
