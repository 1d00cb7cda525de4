import Foundation

/// Brings files to the disk, so that a crash after a rename does not leave an empty file under the new name.
enum FileSync {
    /// Waits until a file, or the names in a folder, are on the disk.
    ///
    /// - Parameter path: the file or the folder.
    /// - Throws: `StoreError.unwritable`.
    static func synchronize(_ path: String) throws(StoreError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unwritable(path: path, code: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .unwritable(path: path, code: errno) }
    }

    /// Waits until the names in a folder are on the disk, on file systems that can tell; some network ones cannot.
    ///
    /// - Throws: `StoreError.unwritable`.
    static func synchronizeNames(in folder: String) throws(StoreError) {
        do {
            try synchronize(folder)
        } catch .unwritable(_, let code) where code == EINVAL || code == ENOTSUP {
            return
        }
    }
}
