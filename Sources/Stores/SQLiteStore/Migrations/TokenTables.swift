/// What is under way for a while (registrations, address changes, links, sign-ins at providers) and the counters of limits.
///
/// Times are milliseconds since 1970. Tokens are stored only as hashes; counters are keyed by keyed hashes.
enum TokenTables {
    static let sql = tokens + counters

    // `without_old_from` is the time from which the old mailbox need not confirm a change. `reminded` is the time at which
    // the second notice to it was queued; the change is not made without that notice.
    private static let tokens = """
        CREATE TABLE registration (
            token_hash BLOB PRIMARY KEY, email TEXT NOT NULL, email_key TEXT NOT NULL, name TEXT,
            language TEXT NOT NULL, role TEXT NOT NULL, agreement TEXT, agreed INTEGER, identity BLOB,
            inviter INTEGER, created INTEGER NOT NULL, expires INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX registration_email ON registration(email_key);
        CREATE INDEX registration_expires ON registration(expires);
        CREATE TABLE email_change (
            person INTEGER PRIMARY KEY REFERENCES person(id) ON DELETE CASCADE,
            email TEXT NOT NULL, email_key TEXT NOT NULL,
            old_token_hash BLOB NOT NULL UNIQUE, new_token_hash BLOB NOT NULL UNIQUE,
            is_old_confirmed INTEGER NOT NULL DEFAULT 0, is_new_confirmed INTEGER NOT NULL DEFAULT 0,
            expires INTEGER NOT NULL, without_old_from INTEGER, reminded INTEGER
        ) STRICT;
        CREATE TABLE one_time_token (
            hash BLOB PRIMARY KEY, purpose TEXT NOT NULL,
            person INTEGER REFERENCES person(id) ON DELETE CASCADE, payload BLOB,
            tries_left INTEGER NOT NULL, expires INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX one_time_token_person ON one_time_token(person) WHERE person IS NOT NULL;
        CREATE INDEX one_time_token_expires ON one_time_token(expires);
        CREATE TABLE sign_in_attempt (
            state_hash BLOB PRIMARY KEY, payload BLOB NOT NULL, expires INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX sign_in_attempt_expires ON sign_in_attempt(expires);
        CREATE TABLE used_challenge (hash BLOB PRIMARY KEY, expires INTEGER NOT NULL) STRICT;
        CREATE INDEX used_challenge_expires ON used_challenge(expires);

        """

    /// Unfinished forms: the fields are sealed, and the key is a hash of the form and its owner.
    static let drafts = """
        CREATE TABLE saved_draft (
            key BLOB PRIMARY KEY, id TEXT NOT NULL, form TEXT NOT NULL,
            person INTEGER REFERENCES person(id) ON DELETE CASCADE,
            payload BLOB NOT NULL, revision INTEGER NOT NULL, saved INTEGER NOT NULL, expires INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX saved_draft_person ON saved_draft(person) WHERE person IS NOT NULL;
        CREATE INDEX saved_draft_of_browser ON saved_draft(saved DESC, key) WHERE person IS NULL;
        CREATE INDEX saved_draft_expires ON saved_draft(expires);
        """

    private static let counters = """
        CREATE TABLE failure (key BLOB PRIMARY KEY, count REAL NOT NULL, last INTEGER NOT NULL) STRICT;
        CREATE INDEX failure_last ON failure(last);
        CREATE TABLE quota (key BLOB PRIMARY KEY, count INTEGER NOT NULL, ends INTEGER NOT NULL) STRICT;
        CREATE INDEX quota_ends ON quota(ends);
        """
}
