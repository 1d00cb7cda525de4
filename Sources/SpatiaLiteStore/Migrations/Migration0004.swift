import GRDB

/// Lets an e-mail address be changed without its old mailbox.
enum Migration0004 {
    static func lostMailboxes(_ db: Database) throws {
        try db.execute(sql: changes)
    }

    // `withoutOldFrom` is the time from which the old mailbox need not confirm, as in the other columns of time;
    // `isReminded` tells whether the second notice has gone to it.
    private static let changes = """
        ALTER TABLE emailChange ADD COLUMN withoutOldFrom INTEGER;
        ALTER TABLE emailChange ADD COLUMN isReminded INTEGER NOT NULL DEFAULT 0;
        """
}
