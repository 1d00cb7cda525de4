import Civic
import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// The folder with the files of one owner's unfinished forms: each file under its id, with a note that says what it is.
///
/// Other requests and the sweep change it at the same time, so a file that no longer exists is not an error.
struct KeptFolder {
    /// A file in the folder.
    struct Entry {
        let name: String
        let size: Int
        let changed: Date

        /// Whether it is a kept file, not a note or the remains of an interrupted write.
        var isContent: Bool { SecretToken(name) != nil }
    }

    private static let personPrefix = "person-"
    private static let noteSuffix = ".json"

    let url: URL

    init(_ url: URL) { self.url = url }

    init(_ folder: URL, _ owner: FormOwner) { url = folder.appending(path: owner.folderName) }

    /// Whether it belongs to a browser without a session.
    var isOfBrowser: Bool { !url.lastPathComponent.hasPrefix(Self.personPrefix) }

    var exists: Bool { FileManager.default.fileExists(atPath: url.path) }

    /// The name of the note about a file.
    static func note(of id: String) -> String { id + noteSuffix }

    /// What is in the folder; nothing when it does not exist.
    ///
    /// - Throws: an error of the file system.
    func entries() throws -> [Entry] {
        let names = try ifPresent { try FileManager.default.contentsOfDirectory(atPath: url.path) }
        return try (names ?? []).compactMap { name in
            try ifPresent {
                let attributes = try FileManager.default.attributesOfItem(atPath: url.appending(path: name).path)
                let changed = attributes[.modificationDate] as? Date ?? .distantPast
                return Entry(name: name, size: attributes[.size] as? Int ?? 0, changed: changed)
            }
        }
    }

    /// A file by its id; nil when there is none.
    func file(_ id: String) -> KeptFile? {
        // An id becomes part of a path, so only our own form is accepted.
        guard SecretToken(id) != nil, let file = note(named: Self.note(of: id)),
            FileManager.default.fileExists(atPath: url.appending(path: id).path)
        else { return nil }
        return file
    }

    /// The note about a file; nil when the name is not that of a note.
    func note(named name: String) -> KeptFile? {
        guard name.hasSuffix(Self.noteSuffix), let data = try? Data(contentsOf: url.appending(path: name)) else {
            return nil
        }
        return try? JSONDecoder().decode(KeptFile.self, from: data)
    }

    /// Moves a file here, and makes the folder if need be.
    ///
    /// - Throws: an error of the file system.
    func add(_ file: KeptFile, from source: URL) throws {
        try FileManager.default.createDirectory(
            at: url,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        // The note comes first: nothing is listed without it, and with it the folder is not empty.
        let note = url.appending(path: Self.note(of: file.id))
        try JSONEncoder().encode(file).write(to: note, options: .atomic)
        do { try FileManager.default.moveItem(at: source, to: url.appending(path: file.id)) } catch {
            try? FileManager.default.removeItem(at: note)
            throw error
        }
    }

    /// Moves a file away, after writing it to the disk.
    ///
    /// - Throws: an error of the file system.
    func move(_ id: String, to target: URL) throws {
        let handle = try FileHandle(forUpdating: url.appending(path: id))
        try handle.synchronize()
        try handle.close()
        try FileManager.default.moveItem(at: url.appending(path: id), to: target)
        _ = try? remove(Self.note(of: id))
    }

    /// Sets when a file and its note were last used.
    func touch(_ id: String, _ time: Date) {
        for name in [Self.note(of: id), id] {
            // It may have been deleted meanwhile.
            try? FileManager.default.setAttributes(
                [.modificationDate: time],
                ofItemAtPath: url.appending(path: name).path
            )
        }
    }

    /// Deletes an entry.
    ///
    /// - Returns: false when it had vanished.
    /// - Throws: an error of the file system.
    func remove(_ name: String) throws -> Bool {
        try ifPresent { try FileManager.default.removeItem(at: url.appending(path: name)) } != nil
    }

    /// Deletes the folder with everything in it.
    ///
    /// - Throws: an error of the file system.
    func removeAll() throws {
        do { try FileManager.default.removeItem(at: url) } catch {
            guard exists else { return }
            // Something in it was added or vanished in between.
            try FileManager.default.removeItem(at: url)
        }
    }

    /// Deletes the folder if it has been empty for long.
    func removeIfEmpty(since limit: Date) {
        let attributes = try? FileManager.default.attributesOfItem(atPath: url.path)
        // Fails if the folder is not empty.
        if let changed = attributes?[.modificationDate] as? Date, changed < limit { rmdir(url.path) }
    }

    private func ifPresent<Value>(_ body: () throws -> Value) throws -> Value? {
        do { return try body() } catch let error as CocoaError
            where [.fileNoSuchFile, .fileReadNoSuchFile].contains(error.code)
        { return nil }
    }
}
