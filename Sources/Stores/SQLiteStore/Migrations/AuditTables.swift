/// The audit record of who did what and when.
///
/// Rows are only added, never changed or deleted.
///
/// Times are milliseconds since 1970.
enum AuditTables {
    /// REPLACE deletes without firing the delete triggers, so an insertion over an existing row is refused as well.
    static let sql = """
        CREATE TABLE audit_event (
            id INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL, kind TEXT NOT NULL,
            actor INTEGER, subject INTEGER, detail TEXT, origin BLOB
        ) STRICT;
        CREATE INDEX audit_event_actor ON audit_event(actor) WHERE actor IS NOT NULL;
        CREATE INDEX audit_event_subject ON audit_event(subject) WHERE subject IS NOT NULL;
        CREATE TRIGGER audit_event_is_not_changed BEFORE UPDATE ON audit_event
        BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END;
        CREATE TRIGGER audit_event_is_not_deleted BEFORE DELETE ON audit_event
        BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END;
        CREATE TRIGGER audit_event_is_not_replaced BEFORE INSERT ON audit_event
        WHEN EXISTS (SELECT 1 FROM audit_event WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END;
        """
}
