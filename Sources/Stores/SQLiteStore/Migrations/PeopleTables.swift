/// People, how they sign in, and what they agreed to.
///
/// Times are milliseconds since 1970. Telephone numbers, IINs and the secrets of authenticator apps are encrypted with a
/// key that is not in the database.
enum PeopleTables {
    /// AUTOINCREMENT, because the number of an erased person in the audit record must never refer to somebody else.
    static let sql = """
        CREATE TABLE person (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            email TEXT NOT NULL, email_key TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL, name_key TEXT NOT NULL,
            username TEXT NOT NULL, username_key TEXT NOT NULL UNIQUE,
            language TEXT NOT NULL CHECK (language IN ('kk', 'ru', 'en')),
            role TEXT NOT NULL, password_hash TEXT, password_set INTEGER,
            phone BLOB, phone_hash BLOB, iin BLOB, iin_hash BLOB, is_iin_verified INTEGER NOT NULL DEFAULT 0,
            notifies_appeals INTEGER NOT NULL DEFAULT 1, notifies_news INTEGER NOT NULL DEFAULT 0,
            created INTEGER NOT NULL, CHECK ((password_hash IS NULL) = (password_set IS NULL))
        ) STRICT;
        CREATE INDEX person_name ON person(name_key);
        CREATE INDEX person_iin ON person(iin_hash) WHERE iin_hash IS NOT NULL;
        CREATE INDEX person_administrator ON person(role) WHERE role = 'admin';
        CREATE TABLE former_address (
            person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
            email TEXT NOT NULL, changed INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX former_address_person ON former_address(person);
        CREATE TABLE consent (
            id INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
            subject TEXT NOT NULL, version TEXT NOT NULL, given INTEGER NOT NULL, withdrawn INTEGER
        ) STRICT;
        CREATE INDEX consent_person ON consent(person);
        CREATE TABLE identity (
            id INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
            provider TEXT NOT NULL, issuer TEXT NOT NULL, subject TEXT NOT NULL, email TEXT,
            is_email_verified INTEGER NOT NULL, name TEXT, linked INTEGER NOT NULL, UNIQUE (issuer, subject)
        ) STRICT;
        CREATE INDEX identity_person ON identity(person);
        CREATE TABLE session (
            id INTEGER PRIMARY KEY AUTOINCREMENT, token_hash BLOB NOT NULL UNIQUE,
            person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE, device TEXT NOT NULL,
            started INTEGER NOT NULL, last_used INTEGER NOT NULL, expires INTEGER NOT NULL,
            proved INTEGER NOT NULL, proved_factor INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX session_person ON session(person);
        CREATE INDEX session_expires ON session(expires);
        CREATE TABLE second_factor (
            person INTEGER PRIMARY KEY REFERENCES person(id) ON DELETE CASCADE,
            secret BLOB NOT NULL, session INTEGER, expires INTEGER, confirmed INTEGER,
            last_step INTEGER NOT NULL DEFAULT 0, CHECK ((confirmed IS NULL) = (expires IS NOT NULL))
        ) STRICT;
        CREATE TABLE recovery_code (
            person INTEGER NOT NULL REFERENCES second_factor(person) ON DELETE CASCADE, hash BLOB NOT NULL,
            PRIMARY KEY (person, hash)
        ) STRICT;
        """
}
