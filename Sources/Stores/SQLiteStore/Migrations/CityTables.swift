import GRDB

/// The tables of a city file: places with their names, positions and sources, and the imports that they came from.
///
/// Tables with geometry cannot be STRICT, which `AddGeometryColumn` does not support. Names are stored in three
/// columns, and lists are separated by semicolons as in the data files. Times are milliseconds since 1970.
enum CityTables {
    static func create(_ db: Database) throws {
        // Inside a transaction the metadata must be created without a transaction of its own, and only with the
        // reference systems in use: WGS 84 and Web Mercator.
        try db.spatial("SELECT InitSpatialMetadata(0, 'NONE')")
        try db.spatial("SELECT InsertEpsgSrid(4326)")
        try db.spatial("SELECT InsertEpsgSrid(3857)")
        for sql in [places, streets, state] { try db.execute(sql: sql) }
        for (table, kind) in geometries {
            try db.spatial("SELECT AddGeometryColumn('\(table)', 'geom', 4326, '\(kind)', 'XY')")
            try db.spatial("SELECT CreateSpatialIndex('\(table)', 'geom')")
        }
        // Spatial statements change the schema while they run, which GRDB cannot see when it compiles them.
        db.clearSchemaCache()
    }

    private static let geometries = [
        ("district", "MULTIPOLYGON"), ("microdistrict", "POINT"), ("street", "POINT"), ("address", "POINT"),
        ("organization", "POINT"), ("stop", "POINT"), ("block", "MULTIPOLYGON"), ("street_line", "MULTILINESTRING"),
        ("crossing", "POINT"),
    ]

    private static let names = "name_kk TEXT, name_ru TEXT, name_en TEXT"
    private static let provenance = "source TEXT NOT NULL, date TEXT, confidence TEXT NOT NULL"

    private static let places = """
        CREATE TABLE category (
            id TEXT PRIMARY KEY, parent TEXT REFERENCES category(id) DEFERRABLE INITIALLY DEFERRED, \(names),
            plural_kk TEXT, plural_ru TEXT, plural_en TEXT,
            synonyms_kk TEXT, synonyms_ru TEXT, synonyms_en TEXT, icon TEXT, position INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX category_parent ON category(parent);
        CREATE TABLE district (
            slug TEXT PRIMARY KEY, id INTEGER NOT NULL UNIQUE, \(names), old_names TEXT, \(provenance)
        );
        CREATE TABLE authority (
            id TEXT PRIMARY KEY, district TEXT REFERENCES district(slug), \(names), organization_id TEXT,
            address_ru TEXT, phones TEXT, website TEXT, \(provenance)
        ) STRICT;
        CREATE TABLE microdistrict (
            id TEXT PRIMARY KEY, kind TEXT NOT NULL, \(names), variants TEXT,
            district TEXT REFERENCES district(slug), precision TEXT NOT NULL, \(provenance)
        );
        CREATE TABLE street (
            id TEXT PRIMARY KEY, kind TEXT NOT NULL, \(names), old_names TEXT, variants TEXT,
            precision TEXT NOT NULL, \(provenance)
        );
        CREATE TABLE address (
            id TEXT PRIMARY KEY, street_id TEXT REFERENCES street(id),
            microdistrict_id TEXT REFERENCES microdistrict(id), house TEXT NOT NULL,
            corner_street_id TEXT REFERENCES street(id), district TEXT REFERENCES district(slug),
            precision TEXT NOT NULL, \(provenance)
        );
        CREATE INDEX address_street ON address(street_id);
        CREATE INDEX address_microdistrict ON address(microdistrict_id);
        CREATE INDEX address_corner_street ON address(corner_street_id);
        CREATE TABLE organization (
            id TEXT PRIMARY KEY, category TEXT NOT NULL REFERENCES category(id), \(names),
            street_id TEXT REFERENCES street(id), microdistrict_id TEXT REFERENCES microdistrict(id), house TEXT,
            address_ru TEXT, phones TEXT, email TEXT, website TEXT, opening_hours TEXT,
            precision TEXT NOT NULL, district TEXT REFERENCES district(slug), note TEXT, \(provenance)
        );
        CREATE INDEX organization_category ON organization(category);
        CREATE INDEX organization_street ON organization(street_id);
        CREATE INDEX organization_microdistrict ON organization(microdistrict_id);
        CREATE TABLE stop (
            id TEXT PRIMARY KEY, \(names), district TEXT REFERENCES district(slug), \(provenance)
        );
        CREATE TABLE block (
            id TEXT PRIMARY KEY, district TEXT REFERENCES district(slug), streets TEXT, residents INTEGER, \(provenance)
        );
        """

    private static let streets = """
        CREATE TABLE street_line (
            id TEXT PRIMARY KEY, street_id TEXT REFERENCES street(id), kind TEXT NOT NULL,
            \(names), rank INTEGER NOT NULL CHECK (rank BETWEEN 1 AND 5),
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
        ) STRICT;
        CREATE INDEX house_range_street ON house_range(street_id);
        """

    /// `version` is the time of the build, so that two files never have the same.
    private static let state = """
        CREATE TABLE city_state (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL) STRICT;
        INSERT INTO city_state (id, version) VALUES (1, 0);
        CREATE TABLE import_run (
            id INTEGER PRIMARY KEY, finished INTEGER NOT NULL,
            file TEXT NOT NULL, layer TEXT NOT NULL, taken INTEGER NOT NULL, changed INTEGER NOT NULL,
            unchanged INTEGER NOT NULL, refused INTEGER NOT NULL, deleted INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE import_refusal (
            id INTEGER PRIMARY KEY, import_run INTEGER NOT NULL REFERENCES import_run(id) ON DELETE CASCADE,
            line INTEGER NOT NULL, record TEXT NOT NULL, reason TEXT NOT NULL
        ) STRICT;
        CREATE INDEX import_refusal_run ON import_refusal(import_run);
        """
}

extension Database {
    /// Runs a spatial statement, which reports failure as the value 0 instead of an error.
    func spatial(_ sql: String) throws {
        guard try Int.fetchOne(self, sql: sql) == 1 else { throw StoreError.spatialStatement(sql) }
    }
}
