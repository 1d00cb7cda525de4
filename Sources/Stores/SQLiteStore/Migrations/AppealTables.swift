/// Appeals: their history, and beside it what lists and searches need.
///
/// Times are milliseconds since 1970; `due` is local time in Almaty, `YYYY-MM-DDThh:mm`. `owner`, `person` and `executor` are
/// numbers of people, which stay when an account is erased. Columns with JSON hold values of the domain as it encodes them.
enum AppealTables {
    static let sql = cases + course + parts + staff

    // `appeal` has three groups of columns: what was filed, what follows from the history, and term and place as they are now.
    // `appeal_sequence` issues each number only once, in the transaction that uses it.
    private static let cases = """
        CREATE TABLE appeal_sequence (name TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT;
        CREATE TABLE appeal (
            id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, parent INTEGER REFERENCES appeal(id) ON DELETE CASCADE,
            regime TEXT NOT NULL CHECK (regime IN ('official', 'report')), kind TEXT NOT NULL, owner INTEGER,
            opened INTEGER NOT NULL, opening_category TEXT, opening_body TEXT,
            title TEXT NOT NULL, title_key TEXT NOT NULL, content TEXT NOT NULL, deputy TEXT, rules_version TEXT NOT NULL,
            receipt_hash BLOB, request_hash BLOB UNIQUE, request_digest BLOB,
            version INTEGER NOT NULL, state TEXT NOT NULL, legal_kind TEXT, state_number TEXT, body TEXT, executor INTEGER,
            category TEXT, outcome TEXT, received INTEGER, since INTEGER NOT NULL,
            is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)), is_extended INTEGER NOT NULL, is_dangerous INTEGER NOT NULL,
            term TEXT, due TEXT, longitude REAL, latitude REAL, district TEXT, supporters INTEGER NOT NULL DEFAULT 0,
            CHECK ((term IS NULL) = (due IS NULL)), CHECK ((longitude IS NULL) = (latitude IS NULL))
        ) STRICT;
        CREATE INDEX appeal_owner ON appeal(owner, opened, id) WHERE owner IS NOT NULL;
        CREATE INDEX appeal_parent ON appeal(parent) WHERE parent IS NOT NULL;
        CREATE INDEX appeal_body ON appeal(body, due, id);
        CREATE INDEX appeal_executor ON appeal(executor, due, id) WHERE executor IS NOT NULL;
        CREATE INDEX appeal_deputy ON appeal(deputy, due, id) WHERE deputy IS NOT NULL;
        CREATE INDEX appeal_due ON appeal(due, id);
        CREATE INDEX appeal_open ON appeal(id) WHERE is_open = 1;
        CREATE INDEX appeal_unregistered ON appeal(received, id) WHERE state = 'submitted';
        CREATE INDEX appeal_report_place ON appeal(category, latitude, longitude) WHERE is_open = 1 AND regime = 'report';
        CREATE TABLE appeal_applicant (
            appeal INTEGER PRIMARY KEY REFERENCES appeal(id) ON DELETE CASCADE,
            contact BLOB, identity BLOB, number BLOB, number_hash BLOB
        ) STRICT;
        CREATE INDEX appeal_applicant_number ON appeal_applicant(number_hash) WHERE number_hash IS NOT NULL;

        """

    // The texts of moves are stored separately, because erasing a person deletes them and nothing else of the history.
    private static let course = """
        CREATE TABLE appeal_move (
            appeal INTEGER NOT NULL REFERENCES appeal(id), version INTEGER NOT NULL, time INTEGER NOT NULL,
            move TEXT NOT NULL, actor TEXT NOT NULL, person INTEGER, from_state TEXT NOT NULL, to_state TEXT NOT NULL,
            details TEXT NOT NULL, attested TEXT NOT NULL, PRIMARY KEY (appeal, version)
        ) STRICT;
        CREATE TABLE appeal_move_text (
            appeal INTEGER NOT NULL REFERENCES appeal(id) ON DELETE CASCADE, version INTEGER NOT NULL,
            reason TEXT, question TEXT, PRIMARY KEY (appeal, version)
        ) STRICT;
        CREATE TRIGGER appeal_move_is_not_changed BEFORE UPDATE ON appeal_move
        BEGIN SELECT RAISE(ABORT, 'the history is only added to'); END;
        CREATE TRIGGER appeal_move_is_not_deleted BEFORE DELETE ON appeal_move
        BEGIN SELECT RAISE(ABORT, 'the history is only added to'); END;
        CREATE TRIGGER appeal_move_is_not_replaced BEFORE INSERT ON appeal_move
        WHEN EXISTS (SELECT 1 FROM appeal_move WHERE appeal = NEW.appeal AND version = NEW.version)
        BEGIN SELECT RAISE(ABORT, 'the history is only added to'); END;
        CREATE TABLE appeal_place (
            appeal INTEGER NOT NULL REFERENCES appeal(id) ON DELETE CASCADE, version INTEGER NOT NULL,
            place TEXT NOT NULL, PRIMARY KEY (appeal, version)
        ) STRICT;
        CREATE TABLE appeal_route (
            appeal INTEGER NOT NULL REFERENCES appeal(id) ON DELETE CASCADE, version INTEGER NOT NULL,
            route TEXT NOT NULL, PRIMARY KEY (appeal, version)
        ) STRICT;
        CREATE TABLE appeal_refusal (
            appeal INTEGER NOT NULL REFERENCES appeal(id) ON DELETE CASCADE, due TEXT NOT NULL, told INTEGER NOT NULL,
            PRIMARY KEY (appeal, due)
        ) STRICT;
        CREATE TABLE appeal_state_number (
            appeal INTEGER PRIMARY KEY REFERENCES appeal(id) ON DELETE CASCADE, number TEXT NOT NULL,
            person INTEGER NOT NULL, time INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX appeal_state_number_number ON appeal_state_number(number);
        CREATE TABLE appeal_term_change (
            id INTEGER PRIMARY KEY AUTOINCREMENT, appeal INTEGER NOT NULL REFERENCES appeal(id) ON DELETE CASCADE,
            time INTEGER NOT NULL, old_term TEXT NOT NULL, new_term TEXT NOT NULL
        ) STRICT;
        CREATE INDEX appeal_term_change_appeal ON appeal_term_change(appeal);

        """

    private static let parts = """
        CREATE TABLE appeal_message (
            id INTEGER PRIMARY KEY AUTOINCREMENT, appeal INTEGER NOT NULL REFERENCES appeal(id) ON DELETE CASCADE,
            time INTEGER NOT NULL, is_from_staff INTEGER NOT NULL CHECK (is_from_staff IN (0, 1)), person INTEGER,
            text TEXT NOT NULL
        ) STRICT;
        CREATE INDEX appeal_message_appeal ON appeal_message(appeal, id);
        CREATE TABLE appeal_note (
            id INTEGER PRIMARY KEY AUTOINCREMENT, appeal INTEGER NOT NULL REFERENCES appeal(id) ON DELETE CASCADE,
            time INTEGER NOT NULL, person INTEGER NOT NULL, text TEXT NOT NULL
        ) STRICT;
        CREATE INDEX appeal_note_appeal ON appeal_note(appeal, id);
        CREATE TABLE appeal_file (
            attachment TEXT PRIMARY KEY, appeal INTEGER NOT NULL REFERENCES appeal(id) ON DELETE CASCADE,
            position INTEGER NOT NULL, purpose TEXT NOT NULL, version INTEGER NOT NULL, message INTEGER
        ) STRICT;
        CREATE INDEX appeal_file_appeal ON appeal_file(appeal, position);
        CREATE TABLE appeal_support (
            appeal INTEGER NOT NULL REFERENCES appeal(id) ON DELETE CASCADE, person INTEGER NOT NULL, time INTEGER NOT NULL,
            PRIMARY KEY (appeal, person)
        ) STRICT;
        CREATE INDEX appeal_support_person ON appeal_support(person);
        CREATE TABLE appeal_rating (
            appeal INTEGER PRIMARY KEY REFERENCES appeal(id) ON DELETE CASCADE,
            stars INTEGER NOT NULL, comment TEXT, time INTEGER NOT NULL
        ) STRICT;

        """

    // Readings are only added, never changed or deleted; they outlive the appeal that was read.
    private static let staff = """
        CREATE TABLE appeal_access (
            id INTEGER PRIMARY KEY AUTOINCREMENT, appeal INTEGER NOT NULL, person INTEGER NOT NULL, role TEXT NOT NULL,
            time INTEGER NOT NULL, data_class TEXT NOT NULL, reason TEXT, origin BLOB
        ) STRICT;
        CREATE INDEX appeal_access_appeal ON appeal_access(appeal, id);
        CREATE TRIGGER appeal_access_is_not_changed BEFORE UPDATE ON appeal_access
        BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END;
        CREATE TRIGGER appeal_access_is_not_deleted BEFORE DELETE ON appeal_access
        BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END;
        CREATE TABLE appeal_staff (
            person INTEGER PRIMARY KEY, districts TEXT,
            is_head INTEGER NOT NULL, is_moderator INTEGER NOT NULL, deputy TEXT
        ) STRICT;
        CREATE TABLE appeal_staff_body (
            person INTEGER NOT NULL REFERENCES appeal_staff(person) ON DELETE CASCADE, body TEXT NOT NULL,
            PRIMARY KEY (person, body)
        ) STRICT;
        CREATE INDEX appeal_staff_body_body ON appeal_staff_body(body);
        """
}
