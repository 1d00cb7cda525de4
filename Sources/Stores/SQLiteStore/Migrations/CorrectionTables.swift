/// The corrections that staff make to records of the city.
///
/// Times are milliseconds since 1970. `base` is the value that the import had when the correction was made. `author` and
/// `ended_by` are numbers of people, which stay when an account is erased; the reasons that the person wrote are blanked then.
/// A correction that has ended stays as history, and of one field at most one is in force.
enum CorrectionTables {
    static let name = "correction"

    static let sql = """
        CREATE TABLE correction (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            layer TEXT NOT NULL, record TEXT NOT NULL, field TEXT NOT NULL,
            value TEXT, base TEXT,
            author INTEGER NOT NULL, reason TEXT NOT NULL, made INTEGER NOT NULL,
            ended INTEGER, ended_by INTEGER, CHECK ((ended IS NULL) = (ended_by IS NULL))
        ) STRICT;
        CREATE INDEX correction_record ON correction(layer, record);
        CREATE UNIQUE INDEX correction_in_force ON correction(layer, record, field) WHERE ended IS NULL;
        CREATE INDEX correction_made ON correction(made);
        CREATE INDEX correction_ended ON correction(ended) WHERE ended IS NOT NULL;
        """
}
