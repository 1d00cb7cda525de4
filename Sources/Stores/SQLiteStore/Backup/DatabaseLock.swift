import Foundation

/// Keeps all other processes out of an SQLite file, without opening it as a database.
///
/// A connection in WAL mode holds a shared lock on the database file as long as it is open, so an exclusive lock on the
/// same bytes shows that nobody has the file open. SQLite itself could find this out only by changing the journal mode,
/// which replays whatever log is beside the file.
///
/// Source: sqlite.org/fileformat2.html, "The Lock-Byte Page", and the locks in SQLite's `os_unix.c`.
struct DatabaseLock {
    private static let firstByte = 0x4000_0000
    private static let bytes = 512
    /// `F_OFD_SETLK` of Linux: unlike other locks, one that belongs to the descriptor also keeps out connections of this
    /// process.
    private static let setLock: Int32 = 37

    private let descriptor: Int32

    /// Takes the lock.
    ///
    /// - Throws: `StoreError.databaseInUse` while another process has the file open; `.unwritable` when it cannot be opened
    ///   for writing, so that its use cannot be determined.
    init(_ path: String) throws(StoreError) {
        descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unwritable(path: path, code: errno) }
        var range = flock()
        range.l_type = Int16(F_WRLCK)
        range.l_whence = Int16(SEEK_SET)
        range.l_start = off_t(Self.firstByte)
        range.l_len = off_t(Self.bytes)
        guard fcntl(descriptor, Self.setLock, &range) == 0 else {
            let code = errno
            close(descriptor)
            throw code == EAGAIN || code == EACCES ? .databaseInUse(path: path) : .unwritable(path: path, code: code)
        }
    }

    /// Gives the lock back.
    func unlock() { close(descriptor) }
}
