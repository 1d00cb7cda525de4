import Foundation

/// The place where a new city file is built: its name, the lock that keeps other builds away, and the swap.
struct CityWorkplace {
    /// The file to build.
    let path: String
    private let target: String
    private let lock: Int32?

    /// Takes the lock and removes what an earlier build left.
    ///
    /// - Throws: `StoreError.cityIsBeingBuilt`, or what the file system throws.
    init(for target: String, isDryRun: Bool) throws {
        self.target = target
        if isDryRun {
            path = FileManager.default.temporaryDirectory.appending(path: "openalmaty-\(UUID().uuidString).sqlite").path
            lock = nil
            return
        }
        path = target + ".building"
        lock = try Self.lock(target)
        do {
            try removeParts()
        } catch {
            leave()
            throw error
        }
    }

    /// Starts from a copy of a file.
    func copy(from source: String) throws {
        try FileManager.default.copyItem(atPath: source, toPath: path)
    }

    /// Puts the new file in the place of the old one, so that after a crash there is one or the other.
    func publish() throws {
        let mode = (try? FileManager.default.attributesOfItem(atPath: target))?[.posixPermissions] ?? 0o644
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        try FileSync.synchronize(path)
        guard rename(path, target) == 0 else { throw StoreError.unwritable(path: target, code: errno) }
        try? FileSync.synchronize(URL(filePath: target).deletingLastPathComponent().path)
    }

    /// Removes the unfinished file, if there is one, and lets other builds begin.
    func leave() {
        try? removeParts()
        if let lock { close(lock) }
    }

    private func removeParts() throws {
        for end in ["", "-journal", "-wal", "-shm"] where FileManager.default.fileExists(atPath: path + end) {
            try FileManager.default.removeItem(atPath: path + end)
        }
    }

    // The lock file stays, because deleting it would let two builds hold locks on different files of the same name.
    private static func lock(_ target: String) throws -> Int32 {
        let path = target + ".lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw StoreError.unwritable(path: path, code: errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(descriptor)
            // Any other failure, such as that of a file system without locks, would not pass by waiting.
            throw code == EWOULDBLOCK ? StoreError.cityIsBeingBuilt(path: target) : .unwritable(path: path, code: code)
        }
        return descriptor
    }
}
