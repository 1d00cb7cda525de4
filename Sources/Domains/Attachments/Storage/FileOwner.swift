import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Gives what the superuser makes to the account that owns the folder it is in.
///
/// A command run as the superuser would otherwise leave locks and files that the service cannot open.
enum FileOwner {
    /// Adopts an open file.
    ///
    /// - Throws: `AttachmentsError.fileSystem`.
    static func adopt(_ descriptor: Int32, in folder: URL) throws(AttachmentsError) {
        var (own, model) = (stat(), stat())
        guard geteuid() == 0, stat(folder.path, &model) == 0, fstat(descriptor, &own) == 0,
            own.st_uid != model.st_uid || own.st_gid != model.st_gid
        else { return }
        guard fchown(descriptor, model.st_uid, model.st_gid) == 0 else { throw .lastError(folder.path) }
    }

    /// Adopts a file or folder by its path; a symbolic link is not followed.
    ///
    /// - Throws: `AttachmentsError.fileSystem`.
    static func adopt(_ path: URL) throws(AttachmentsError) {
        let descriptor = open(path.path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw .lastError(path.path) }
        defer { close(descriptor) }
        try adopt(descriptor, in: path.deletingLastPathComponent())
    }
}
