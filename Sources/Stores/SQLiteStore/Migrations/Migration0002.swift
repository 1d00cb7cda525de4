import GRDB

/// The derived data about streets: their axes, their crossings, and the house numbers along them.
enum Migration0002 {
    static func streets(_ db: Database) throws {
        try db.execute(sql: tables)
        for (table, kind) in [("street_line", "MULTILINESTRING"), ("crossing", "POINT")] {
            try db.spatial("SELECT AddGeometryColumn('\(table)', 'geom', 4326, '\(kind)', 'XY')")
            try db.spatial("SELECT CreateSpatialIndex('\(table)', 'geom')")
        }
        // Spatial statements change the schema while they run, which GRDB cannot see when it compiles them.
        db.clearSchemaCache()
    }

    private static let provenance = "source TEXT NOT NULL, date TEXT, confidence TEXT NOT NULL"

    private static let tables = """
        CREATE TABLE street_line (
            id TEXT PRIMARY KEY, street_id TEXT REFERENCES street(id), kind TEXT NOT NULL,
            name_kk TEXT, name_ru TEXT, name_en TEXT, rank INTEGER NOT NULL CHECK (rank BETWEEN 1 AND 5),
            width_m REAL, length_m REAL NOT NULL, precision_m REAL, blocks INTEGER NOT NULL, \(provenance)
        );
        CREATE INDEX street_line_street ON street_line(street_id);
        CREATE TABLE crossing (
            id TEXT PRIMARY KEY, street_a TEXT NOT NULL REFERENCES street(id),
            street_b TEXT NOT NULL REFERENCES street(id), precision_m REAL, \(provenance)
        );
        CREATE INDEX crossing_a ON crossing(street_a);
        CREATE INDEX crossing_b ON crossing(street_b);
        CREATE TABLE house_range (
            id TEXT PRIMARY KEY, street_id TEXT NOT NULL REFERENCES street(id), side TEXT NOT NULL,
            parity TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, houses INTEGER NOT NULL,
            first_lon REAL NOT NULL, first_lat REAL NOT NULL, last_lon REAL NOT NULL, last_lat REAL NOT NULL,
            precision_m REAL, \(provenance)
        );
        CREATE INDEX house_range_street ON house_range(street_id);
        """
}
