import GRDB

/// Lets an e-mail address be changed without its old mailbox.
enum Migration0004 {
    static func lostMailboxes(_ db: Database) throws {
        try db.execute(sql: changes)
    }

    // `withoutOldFrom` is the time from which the old mailbox need not confirm, as in the other columns of time;
    // `reminded` is the time at which the second notice to it was queued; the change is not made without that notice.
    private static let changes = """
        ALTER TABLE emailChange ADD COLUMN withoutOldFrom INTEGER;
        ALTER TABLE emailChange ADD COLUMN reminded INTEGER;
        """
}
