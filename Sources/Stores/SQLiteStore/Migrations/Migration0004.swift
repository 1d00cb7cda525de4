import GRDB

/// Allows an e-mail address to be changed without access to the old mailbox.
enum Migration0004 {
    static func lostMailboxes(_ db: Database) throws {
        try db.execute(sql: changes)
    }

    // `withoutOldFrom` is the time from which the old mailbox need not confirm, milliseconds since 1970. `reminded` is
    // the time at which the second notice to it was queued; the change is not made without that notice.
    private static let changes = """
        ALTER TABLE emailChange ADD COLUMN withoutOldFrom INTEGER;
        ALTER TABLE emailChange ADD COLUMN reminded INTEGER;
        """
}
