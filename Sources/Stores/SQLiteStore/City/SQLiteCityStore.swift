import Foundation
import GRDB
public import Gazetteer
import Synchronization

/// The gazetteer in a city file, which may be replaced at any time.
public final class SQLiteCityStore: ImportedGazetteerStore {
    /// Distinguishes published files without opening them.
    private struct Identity: Equatable {
        let device: UInt64
        let inode: UInt64
        let size: Int64
        let seconds: Int
        let nanoseconds: Int
    }

    private let file: CityFile
    private let known = Mutex<(identity: Identity, version: Int)?>(nil)
    private let refused = Mutex<(identity: Identity, error: StoreError)?>(nil)

    /// Reads the file that has this name when it is asked.
    public init(_ file: CityFile) { self.file = file }

    /// Reads everything, from one file.
    ///
    /// - Throws: `StoreError` when the file cannot be read, else what SQLite throws.
    public func contents() async throws -> GazetteerContents {
        try await read(Self.contents)
    }

    /// Reads single records, from one file.
    ///
    /// - Throws: as `contents()`.
    public func contents(of selection: RecordSelection) async throws -> GazetteerContents {
        try await read { db in
            var contents = GazetteerContents()
            for layer in Layer.allCases {
                if selection.layers.contains(layer) {
                    try RecordCursor(db, layer).visit { contents.add($0) }
                    continue
                }
                for key in selection.keys[layer, default: []].sorted() {
                    try RecordCursor(db, layer, key: key).visit { contents.add($0) }
                }
            }
            return contents
        }
    }

    /// The time at which the present file was built, milliseconds since 1970.
    ///
    /// Opens the file only when it is another one than the last time.
    public func version() async throws -> Int {
        let present = identity
        if let present, let known = known.withLock({ $0 }), known.identity == present { return known.version }
        let version = try await read(refusingDamaged: false, Self.version)
        if let present { known.withLock { $0 = (present, version) } }
        return version
    }

    // Do not read an unusable file again until another file takes its name: the server checks every second, and verifying a
    // large city takes long.
    private func read<Value: Sendable>(
        refusingDamaged: Bool = true,
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        let present = identity
        if let present, let refused = refused.withLock({ $0 }), refused.identity == present { throw refused.error }
        do {
            return try await file.read(refusingDamaged: refusingDamaged, body)
        } catch let error as StoreError where error.isOfCityFile {
            if let present { refused.withLock { $0 = (present, error) } }
            throw error
        }
    }

    /// Reads everything from an open file.
    static func contents(_ db: Database) throws -> GazetteerContents {
        var contents = GazetteerContents()
        for layer in Layer.allCases { try RecordCursor(db, layer).visit { contents.add($0) } }
        contents.districts.sort { $0.number < $1.number }
        return contents
    }

    /// The version of an open file.
    static func version(_ db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT version FROM city_state") ?? 0
    }

    private var identity: Identity? {
        var status = stat()
        guard stat(file.path, &status) == 0 else { return nil }
        let modified = status.st_mtim
        return Identity(
            device: UInt64(status.st_dev),
            inode: UInt64(status.st_ino),
            size: Int64(status.st_size),
            seconds: modified.tv_sec,
            nanoseconds: modified.tv_nsec
        )
    }
}
