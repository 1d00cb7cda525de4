package import Civic
package import Foundation

/// A file that came with a form; it is deleted when the request ends unless it is moved away.
package struct UploadedFile: Sendable, Equatable {
    /// The name of its field.
    package let field: String
    /// The name for display: never a path, and without invisible characters.
    ///
    /// It must not become the name of a file on the server.
    package let name: String
    /// The format by its content.
    package let format: FileFormat
    /// The size, bytes.
    package let size: Int
    /// Where it is until the request ends.
    package let url: URL

    /// Moves the file to a place where it stays, after writing it to the disk.
    ///
    /// - Throws: an error of the file system.
    package func move(to target: URL) throws {
        let handle = try FileHandle(forUpdating: url)
        try handle.synchronize()
        try handle.close()
        try FileManager.default.moveItem(at: url, to: target)
    }

    /// Replaces the content with a sparse hole of its size, which takes no space on the disk but counts like the file.
    ///
    /// - Throws: an error of the file system.
    func dropContent() throws {
        let handle = try FileHandle(forUpdating: url)
        try handle.truncate(atOffset: 0)
        try handle.truncate(atOffset: UInt64(size))
        try handle.close()
    }
}
