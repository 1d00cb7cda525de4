import Civic
import Crypto
import Foundation

/// What a backup holds, written beside its files as `backup.json` after all others.
struct BackupManifest: Codable, Equatable {
    /// A file with its size in bytes and its SHA-256 in hexadecimal digits.
    struct File: Codable, Equatable {
        let bytes: Int
        let sha256: String

        /// Measures a file, which is read piece by piece.
        init(measuring url: URL) throws {
            let handle = try FileHandle(forReadingFrom: url)
            defer { try? handle.close() }
            var (hash, count) = (SHA256(), 0)
            while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
                hash.update(data: piece)
                count += piece.count
            }
            bytes = count
            sha256 = hash.finalize().hexadecimal
        }
    }

    /// The files of attachments, whose names are digests that reveal any damage.
    struct Attachments: Codable, Equatable {
        let files: Int
        let bytes: Int
    }

    /// The newest layout; earlier ones have no attachments.
    static let newest = 2
    static let name = "backup.json"
    static let portal = "portal.sqlite"
    static let city = "city.sqlite"
    /// The folder with the files of attachments, beside the portal database as in a portal.
    static let attachments = "attachments"

    /// The layout of backups; another number means that this version does not know it.
    let format: Int
    /// The version of the program.
    let version: String
    /// When the backup was begun.
    let begun: Date
    let files: [String: File]
    /// Nil when the backup was made without attachments.
    var attachments: Attachments?

    static func read(_ folder: URL) throws -> BackupManifest {
        let url = folder.appending(path: name)
        guard let data = try? Data(contentsOf: url) else {
            throw StoreError.unusableBackup(path: folder.path, reason: "there is no \(name) in it")
        }
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        guard let manifest = try? decoder.decode(BackupManifest.self, from: data),
            (1...newest).contains(manifest.format)
        else {
            throw StoreError.unusableBackup(path: folder.path, reason: "its \(name) cannot be read by this version")
        }
        return manifest
    }

    func write(to folder: URL) throws {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(self).write(to: folder.appending(path: Self.name))
    }
}
