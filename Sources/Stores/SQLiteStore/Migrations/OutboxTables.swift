/// The mails to send, written in the transaction of their cause.
///
/// Times are milliseconds since 1970. A mail waits until `due`. A process that takes it to send moves `due` to the end
/// of the lease, so that the mail becomes due again if that process dies. The content is blanked after sending; the key
/// stays.
enum OutboxTables {
    static let sql = """
        CREATE TABLE outbox_mail (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            recipient TEXT NOT NULL,
            language TEXT NOT NULL,
            subject TEXT NOT NULL,
            text TEXT NOT NULL,
            html TEXT NOT NULL,
            unsubscribe TEXT,
            state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'given_up')),
            is_blank INTEGER NOT NULL DEFAULT 0 CHECK (is_blank IN (0, 1)),
            queued INTEGER NOT NULL,
            due INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            settled INTEGER,
            reason TEXT
        ) STRICT;
        CREATE INDEX outbox_mail_due ON outbox_mail(due) WHERE state = 'waiting';
        CREATE INDEX outbox_mail_given_up ON outbox_mail(settled) WHERE state = 'given_up';
        CREATE INDEX outbox_mail_recipient ON outbox_mail(recipient) WHERE is_blank = 0;
        """
}
