import GRDB

/// The accounts: people, how they sign in, what they agreed to, the record of who did what, and the mails to send.
///
/// Times are milliseconds since 1970. Tokens are stored only as hashes; telephone numbers, IINs and the secrets of
/// authenticator apps are encrypted with a key that is not in the database; counters are keyed by keyed hashes.
enum Migration0003 {
    static func accounts(_ db: Database) throws {
        try db.execute(sql: people)
        try db.execute(sql: tokens)
        try db.execute(sql: counters)
        try db.execute(sql: record)
        try db.execute(sql: OutboxTables.sql)
    }

    /// AUTOINCREMENT, because the number of an erased person in the audit record must never refer to somebody else.
    private static let people = """
        CREATE TABLE person (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            email TEXT NOT NULL, emailKey TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL, nameKey TEXT NOT NULL,
            username TEXT NOT NULL, usernameKey TEXT NOT NULL UNIQUE,
            language TEXT NOT NULL CHECK (language IN ('kk', 'ru', 'en')),
            role TEXT NOT NULL, passwordHash TEXT, passwordSet INTEGER,
            phone BLOB, phoneHash BLOB, iin BLOB, iinHash BLOB, isIINVerified INTEGER NOT NULL DEFAULT 0,
            notifiesAppeals INTEGER NOT NULL DEFAULT 1, notifiesNews INTEGER NOT NULL DEFAULT 0,
            created INTEGER NOT NULL, CHECK ((passwordHash IS NULL) = (passwordSet IS NULL))
        ) STRICT;
        CREATE INDEX person_name ON person(nameKey);
        CREATE INDEX person_iin ON person(iinHash) WHERE iinHash IS NOT NULL;
        CREATE INDEX person_administrator ON person(role) WHERE role = 'admin';
        CREATE TABLE formerAddress (
            person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
            email TEXT NOT NULL, changed INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX formerAddress_person ON formerAddress(person);
        CREATE TABLE consent (
            id INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
            subject TEXT NOT NULL, version TEXT NOT NULL, given INTEGER NOT NULL, withdrawn INTEGER
        ) STRICT;
        CREATE INDEX consent_person ON consent(person);
        CREATE TABLE identity (
            id INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
            provider TEXT NOT NULL, issuer TEXT NOT NULL, subject TEXT NOT NULL, email TEXT,
            isEmailVerified INTEGER NOT NULL, name TEXT, linked INTEGER NOT NULL, UNIQUE (issuer, subject)
        ) STRICT;
        CREATE INDEX identity_person ON identity(person);
        CREATE TABLE session (
            id INTEGER PRIMARY KEY AUTOINCREMENT, tokenHash BLOB NOT NULL UNIQUE,
            person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE, device TEXT NOT NULL,
            started INTEGER NOT NULL, lastUsed INTEGER NOT NULL, expires INTEGER NOT NULL,
            proved INTEGER NOT NULL, provedFactor INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX session_person ON session(person);
        CREATE INDEX session_expires ON session(expires);
        CREATE TABLE secondFactor (
            person INTEGER PRIMARY KEY REFERENCES person(id) ON DELETE CASCADE,
            secret BLOB NOT NULL, session INTEGER, expires INTEGER, confirmed INTEGER,
            lastStep INTEGER NOT NULL DEFAULT 0, CHECK ((confirmed IS NULL) = (expires IS NOT NULL))
        ) STRICT;
        CREATE TABLE recoveryCode (
            person INTEGER NOT NULL REFERENCES secondFactor(person) ON DELETE CASCADE, hash BLOB NOT NULL,
            PRIMARY KEY (person, hash)
        ) STRICT;
        """

    private static let tokens = """
        CREATE TABLE registration (
            tokenHash BLOB PRIMARY KEY, email TEXT NOT NULL, emailKey TEXT NOT NULL, name TEXT,
            language TEXT NOT NULL, role TEXT NOT NULL, agreement TEXT, agreed INTEGER, identity BLOB,
            inviter INTEGER, created INTEGER NOT NULL, expires INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX registration_email ON registration(emailKey);
        CREATE INDEX registration_expires ON registration(expires);
        CREATE TABLE emailChange (
            person INTEGER PRIMARY KEY REFERENCES person(id) ON DELETE CASCADE,
            email TEXT NOT NULL, emailKey TEXT NOT NULL,
            oldTokenHash BLOB NOT NULL UNIQUE, newTokenHash BLOB NOT NULL UNIQUE,
            isOldConfirmed INTEGER NOT NULL DEFAULT 0, isNewConfirmed INTEGER NOT NULL DEFAULT 0,
            expires INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE oneTimeToken (
            hash BLOB PRIMARY KEY, purpose TEXT NOT NULL,
            person INTEGER REFERENCES person(id) ON DELETE CASCADE, payload BLOB,
            triesLeft INTEGER NOT NULL, expires INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX oneTimeToken_person ON oneTimeToken(person) WHERE person IS NOT NULL;
        CREATE INDEX oneTimeToken_expires ON oneTimeToken(expires);
        CREATE TABLE signInAttempt (
            stateHash BLOB PRIMARY KEY, payload BLOB NOT NULL, expires INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX signInAttempt_expires ON signInAttempt(expires);
        CREATE TABLE usedChallenge (hash BLOB PRIMARY KEY, expires INTEGER NOT NULL) STRICT;
        CREATE INDEX usedChallenge_expires ON usedChallenge(expires);
        """

    private static let counters = """
        CREATE TABLE failure (key BLOB PRIMARY KEY, count REAL NOT NULL, last INTEGER NOT NULL) STRICT;
        CREATE INDEX failure_last ON failure(last);
        CREATE TABLE quota (key BLOB PRIMARY KEY, count INTEGER NOT NULL, ends INTEGER NOT NULL) STRICT;
        CREATE INDEX quota_ends ON quota(ends);
        """

    /// REPLACE deletes without firing the delete triggers, so an insertion over an existing row is refused as well.
    private static let record = """
        CREATE TABLE auditEvent (
            id INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL, kind TEXT NOT NULL,
            actor INTEGER, subject INTEGER, detail TEXT, origin BLOB
        ) STRICT;
        CREATE INDEX auditEvent_actor ON auditEvent(actor) WHERE actor IS NOT NULL;
        CREATE INDEX auditEvent_subject ON auditEvent(subject) WHERE subject IS NOT NULL;
        CREATE TRIGGER auditEvent_isNotChanged BEFORE UPDATE ON auditEvent
        BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END;
        CREATE TRIGGER auditEvent_isNotDeleted BEFORE DELETE ON auditEvent
        BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END;
        CREATE TRIGGER auditEvent_isNotReplaced BEFORE INSERT ON auditEvent
        WHEN EXISTS (SELECT 1 FROM auditEvent WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END;
        """
}
