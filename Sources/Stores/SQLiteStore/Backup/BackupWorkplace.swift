import Foundation

/// The hidden folder in which a backup is made before it gets its name.
///
/// It is locked as long as its process lives. So a later backup into the same parent recognizes what a killed one left,
/// and removes it, because it holds personal data.
struct BackupWorkplace {
    private static let prefix = ".openalmaty-backup-"
    private static let suffix = ".part"

    /// The folder, readable only by its owner.
    let folder: URL
    private let target: URL
    private let lock: Int32

    /// Makes the folder, and removes those that killed backups left beside it.
    ///
    /// - Throws: `StoreError.backupIsBeingMade` when there is such a folder already, or what the file system throws.
    init(for target: URL) throws {
        self.target = target
        let parent = target.deletingLastPathComponent()
        let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o700]
        try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true, attributes: attributes)
        try Self.removeAbandoned(in: parent)
        folder = parent.appending(path: Self.prefix + target.lastPathComponent + Self.suffix)
        guard mkdir(folder.path, 0o700) == 0 else {
            guard errno == EEXIST else { throw StoreError.unwritable(path: folder.path, code: errno) }
            throw StoreError.backupIsBeingMade(path: target.path, part: folder.path)
        }
        lock = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard lock >= 0 else { throw StoreError.unwritable(path: folder.path, code: errno) }
        // On a file system without locks nobody removes what a killed backup leaves, but backups can be made.
        _ = flock(lock, LOCK_EX | LOCK_NB)
    }

    /// Gives the folder its name.
    ///
    /// - Throws: what the file system throws.
    func publish() throws {
        try FileManager.default.moveItem(at: folder, to: target)
        try FileSync.synchronizeNames(in: target.deletingLastPathComponent().path)
    }

    /// Removes the folder, unless it was published.
    func leave() {
        try? FileManager.default.removeItem(at: folder)
        close(lock)
    }

    private static func removeAbandoned(in parent: URL) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: parent.path)
        where name.hasPrefix(prefix) && name.hasSuffix(suffix) {
            let path = parent.appending(path: name).path
            let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard descriptor >= 0 else { continue }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { try? FileManager.default.removeItem(atPath: path) }
            close(descriptor)
        }
    }
}
