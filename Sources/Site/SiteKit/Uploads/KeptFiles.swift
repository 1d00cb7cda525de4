package import Civic
package import Foundation

/// A file that came with a form that is not finished: it is shown with the form again and need not be chosen a second time.
package struct KeptFile: Sendable, Equatable, Codable {
    /// The id under which the form names it.
    package let id: String
    /// The name of its field.
    package let field: String
    /// The name for display; see `UploadedFile`.
    package let name: String
    /// The format by its content.
    package let format: FileFormat
    /// The size, bytes.
    package let size: Int
}

/// The files of unfinished forms, by the browser or the person that sent them.
///
/// A file is found only under the owner that it was kept for, so an id is worth nothing to anybody else.
package struct KeptFiles: Sendable {
    /// How long a file is kept, seconds.
    package static let lifetime: TimeInterval = 86_400
    /// The most bytes of one owner's files; beyond it the oldest are deleted first.
    package static let mostBytes = 200_000_000
    /// The most ids that a form may name.
    private static let mostIDs = 100

    private let folder: URL
    private let now: @Sendable () -> Date

    /// - Parameter folder: made when the first file is kept.
    package init(_ folder: URL, now: @escaping @Sendable () -> Date = { Date() }) {
        (self.folder, self.now) = (folder, now)
    }

    /// Keeps a file of a request.
    ///
    /// - Throws: an error of the file system.
    func keep(_ file: UploadedFile, for owner: FormOwner) throws -> KeptFile {
        let home = url(of: owner)
        try FileManager.default.createDirectory(
            at: home,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        try makeRoom(for: file.size, in: home)
        let kept = KeptFile(
            id: SecretToken().text,
            field: file.field,
            name: file.name,
            format: file.format,
            size: file.size
        )
        try FileManager.default.moveItem(at: file.url, to: content(kept.id, home))
        try JSONEncoder().encode(kept).write(to: note(kept.id, home), options: .atomic)
        return kept
    }

    /// The files of a field by their ids; ids that are unknown to this owner, such as expired ones, are left out.
    func files(_ ids: [String], of field: String, for owner: FormOwner) -> [KeptFile] {
        let home = url(of: owner)
        return ids.prefix(Self.mostIDs).compactMap { id in
            // An id becomes part of a path, so only our own form is accepted.
            guard SecretToken(id) != nil, let data = try? Data(contentsOf: note(id, home)),
                let file = try? JSONDecoder().decode(KeptFile.self, from: data), file.field == field,
                FileManager.default.fileExists(atPath: content(id, home).path)
            else { return nil }
            return file
        }
    }

    /// Moves a file to a place where it stays, after writing it to the disk.
    ///
    /// - Throws: an error of the file system.
    package func move(_ file: KeptFile, of owner: FormOwner, to target: URL) throws {
        let home = url(of: owner)
        let handle = try FileHandle(forUpdating: content(file.id, home))
        try handle.synchronize()
        try handle.close()
        try FileManager.default.moveItem(at: content(file.id, home), to: target)
        try? FileManager.default.removeItem(at: note(file.id, home))
    }

    /// Deletes files that were removed from the form.
    func delete(_ ids: [String], of owner: FormOwner) {
        for id in ids.prefix(Self.mostIDs) where SecretToken(id) != nil {
            try? FileManager.default.removeItem(at: content(id, url(of: owner)))
            try? FileManager.default.removeItem(at: note(id, url(of: owner)))
        }
    }

    /// Deletes all files of an owner.
    package func deleteAll(of owner: FormOwner) { try? FileManager.default.removeItem(at: url(of: owner)) }

    /// Deletes what has expired.
    ///
    /// - Throws: an error of the file system; a missing folder is none.
    package func deleteExpired() throws {
        guard FileManager.default.fileExists(atPath: folder.path) else { return }
        for home in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            for file in try Self.contents(of: home) where file.changed.addingTimeInterval(Self.lifetime) < now() {
                try FileManager.default.removeItem(at: file.url)
            }
            // Fails if the folder is not empty.
            rmdir(home.path)
        }
    }

    private func makeRoom(for size: Int, in home: URL) throws {
        var files = try Self.contents(of: home).sorted { $0.changed < $1.changed }
        while !files.isEmpty, files.reduce(size, { $0 + $1.size }) > Self.mostBytes {
            try FileManager.default.removeItem(at: files.removeFirst().url)
        }
    }

    private static func contents(of folder: URL) throws -> [(url: URL, size: Int, changed: Date)] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil).map { url in
            let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
            let changed = attributes[.modificationDate] as? Date ?? .distantPast
            return (url, attributes[.size] as? Int ?? 0, changed)
        }
    }

    private func url(of owner: FormOwner) -> URL { folder.appending(path: owner.folderName) }
    private func content(_ id: String, _ home: URL) -> URL { home.appending(path: id) }
    private func note(_ id: String, _ home: URL) -> URL { home.appending(path: id + ".json") }
}
