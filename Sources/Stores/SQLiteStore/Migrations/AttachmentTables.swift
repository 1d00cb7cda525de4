/// The records of attached files; the contents are in a folder, by their digests.
///
/// Times are milliseconds since 1970. `owner` is the number of a person, which stays when the account is erased but the law requires
/// the file to be kept. A record counts as a reference to its contents unless it is `infected`. `due` is when a record that awaits
/// its scan is to be scanned.
///
/// `attachment_usage` holds the usage of each owner, and that of all records under owner 0, so that checking a quota does not
/// have to sum all records for every file.
enum AttachmentTables {
    static let sql = """
        CREATE TABLE attachment (
            id TEXT PRIMARY KEY,
            owner INTEGER,
            name TEXT NOT NULL,
            format TEXT NOT NULL,
            digest TEXT NOT NULL,
            size INTEGER NOT NULL,
            thumbnail_digest TEXT,
            thumbnail_size INTEGER,
            state TEXT NOT NULL CHECK (state IN ('awaiting_scan', 'available', 'infected')),
            finding TEXT,
            received INTEGER NOT NULL,
            claimed INTEGER,
            due INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            CHECK ((thumbnail_digest IS NULL) = (thumbnail_size IS NULL)),
            CHECK ((state = 'infected') = (finding IS NOT NULL))
        ) STRICT;
        CREATE INDEX attachment_owner ON attachment(owner) WHERE owner IS NOT NULL;
        CREATE INDEX attachment_digest ON attachment(digest);
        CREATE INDEX attachment_thumbnail_digest ON attachment(thumbnail_digest) WHERE thumbnail_digest IS NOT NULL;
        CREATE INDEX attachment_due ON attachment(due) WHERE state = 'awaiting_scan';
        CREATE INDEX attachment_unclaimed ON attachment(received) WHERE claimed IS NULL;
        CREATE TABLE attachment_usage (
            owner INTEGER PRIMARY KEY,
            files INTEGER NOT NULL CHECK (files >= 0),
            bytes INTEGER NOT NULL CHECK (bytes >= 0)
        ) STRICT;
        """
}
