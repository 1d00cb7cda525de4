import GRDB

/// The gazetteer: places with their names, positions and sources.
///
/// Tables with geometry cannot be STRICT, which `AddGeometryColumn` does not support. Names are stored in three
/// columns, and lists are separated by semicolons as in the data files.
enum Migration0001 {
    static func gazetteer(_ db: Database) throws {
        // Inside a transaction the metadata must be created without a transaction of its own, and only with the
        // reference systems in use: WGS 84 and Web Mercator.
        try db.spatial("SELECT InitSpatialMetadata(0, 'NONE')")
        try db.spatial("SELECT InsertEpsgSrid(4326)")
        try db.spatial("SELECT InsertEpsgSrid(3857)")
        try db.execute(sql: tables)
        for (table, kind) in geometries {
            try db.spatial("SELECT AddGeometryColumn('\(table)', 'geom', 4326, '\(kind)', 'XY')")
            try db.spatial("SELECT CreateSpatialIndex('\(table)', 'geom')")
        }
        // Spatial statements change the schema while they run, which GRDB cannot see when it compiles them.
        db.clearSchemaCache()
    }

    private static let geometries = [
        ("district", "MULTIPOLYGON"), ("microdistrict", "POINT"), ("street", "POINT"), ("address", "POINT"),
        ("organization", "POINT"), ("stop", "POINT"), ("block", "MULTIPOLYGON"),
    ]

    private static let names = "name_kk TEXT, name_ru TEXT, name_en TEXT"
    private static let provenance = "source TEXT NOT NULL, date TEXT, confidence TEXT NOT NULL"

    private static let tables = """
        CREATE TABLE category (
            id TEXT PRIMARY KEY, parent TEXT REFERENCES category(id) DEFERRABLE INITIALLY DEFERRED, \(names),
            plural_kk TEXT, plural_ru TEXT, plural_en TEXT,
            synonyms_kk TEXT, synonyms_ru TEXT, synonyms_en TEXT, icon TEXT, position INTEGER NOT NULL
        );
        CREATE TABLE district (
            slug TEXT PRIMARY KEY, id INTEGER NOT NULL UNIQUE, \(names), old_names TEXT, \(provenance)
        );
        CREATE TABLE authority (
            id TEXT PRIMARY KEY, district TEXT REFERENCES district(slug), \(names), organization_id TEXT,
            address_ru TEXT, phones TEXT, website TEXT, \(provenance)
        );
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
        CREATE TABLE organization (
            id TEXT PRIMARY KEY, category TEXT NOT NULL REFERENCES category(id), \(names),
            street_id TEXT REFERENCES street(id), microdistrict_id TEXT REFERENCES microdistrict(id), house TEXT,
            address_ru TEXT, phones TEXT, email TEXT, website TEXT, opening_hours TEXT,
            precision TEXT NOT NULL, district TEXT REFERENCES district(slug), note TEXT, \(provenance)
        );
        CREATE INDEX organization_category ON organization(category);
        CREATE TABLE stop (
            id TEXT PRIMARY KEY, \(names), district TEXT REFERENCES district(slug), \(provenance)
        );
        CREATE TABLE block (
            id TEXT PRIMARY KEY, district TEXT REFERENCES district(slug), streets TEXT, residents INTEGER, \(provenance)
        );
        CREATE TABLE gazetteerState (
            id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL
        );
        INSERT INTO gazetteerState VALUES (1, 0);
        CREATE TABLE importRun (
            id INTEGER PRIMARY KEY, finished TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
            file TEXT NOT NULL, layer TEXT NOT NULL, taken INTEGER NOT NULL, changed INTEGER NOT NULL,
            unchanged INTEGER NOT NULL, refused INTEGER NOT NULL
        );
        CREATE TABLE importRefusal (
            id INTEGER PRIMARY KEY, importRun INTEGER NOT NULL REFERENCES importRun(id) ON DELETE CASCADE,
            line INTEGER NOT NULL, record TEXT NOT NULL, reason TEXT NOT NULL
        );
        CREATE INDEX importRefusal_run ON importRefusal(importRun);
        """
}

extension Database {
    /// Runs a spatial statement, which reports failure as the value 0 instead of an error.
    func spatial(_ sql: String) throws {
        guard try Int.fetchOne(self, sql: sql) == 1 else { throw StoreError.spatialStatement(sql) }
    }
}
