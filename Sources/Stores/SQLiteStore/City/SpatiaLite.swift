import CSpatiaLite
import Foundation
import GRDB

/// The library that gives SQLite geometry, spatial indexes and measurements.
public enum SpatiaLite {
    /// The version of the library.
    public static var libraryVersion: String { String(cString: cspatialite_version()) }

    /// A configuration whose connections have the library.
    ///
    /// - Throws: `StoreError.relaxedSecurity`.
    static func configuration() throws(StoreError) -> Configuration {
        try refuseRelaxedSecurity()
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { db in
            let code = cspatialite_attach(db.sqliteConnection)
            guard code == 0 else { throw StoreError.spatialLibrary(code: code) }
            try db.execute(sql: "PRAGMA cache_size = -16000")
        }
        return configuration
    }

    /// Throws if SpatiaLite would offer SQL functions that read and write files.
    public static func refuseRelaxedSecurity() throws(StoreError) {
        try refuseRelaxedSecurity(environment: ProcessInfo.processInfo.environment)
    }

    static func refuseRelaxedSecurity(environment: [String: String]) throws(StoreError) {
        if environment["SPATIALITE_SECURITY"]?.lowercased() == "relaxed" { throw .relaxedSecurity }
    }
}
