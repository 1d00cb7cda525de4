import Attachments
package import Civic
package import Foundation

/// The files of unfinished forms, by the browser or the person that sent them.
///
/// A file is found only under the owner that it was kept for, so an id is useless to anyone else.
package struct KeptFiles: Sendable {
    /// How much is kept.
    package struct Limits: Sendable {
        /// The maximum size of all files on the disk, in bytes; beyond it no more are taken.
        package var bytes = 2_000_000_000
        /// The part of them that browsers without a session may take, so that what signed-in people need is left.
        package var browserBytes = 1_000_000_000
        /// The maximum size of one owner's files, in bytes; beyond it the oldest are deleted first.
        package var ownerBytes = 200_000_000
        /// The maximum number of files of one owner; beyond it the oldest are deleted first.
        package var ownerFiles = 50

        /// Makes the limits with their defaults.
        package init() {}
    }

    /// How long a file is kept since its form was last opened or sent, seconds.
    package static let lifetime: TimeInterval = 86_400
    /// How long a file is kept at most, seconds.
    package static let longestLifetime: TimeInterval = 30 * 86_400
    /// The maximum number of ids that a form may name.
    private static let maxIDs = 100
    /// The age at which an empty folder is deleted, seconds: another request may be about to put its first file into a new one.
    private static let emptyFolderAge: TimeInterval = 3_600

    private let folder: URL
    private let limits: Limits
    private let now: @Sendable () -> Date
    private let usage = KeptFilesUsage()
    /// The attachments of files that were deleted.
    let released = ReleasedAttachments()

    /// - Parameter folder: made when the first file is kept.
    package init(_ folder: URL, limits: Limits = Limits(), now: @escaping @Sendable () -> Date = { Date() }) {
        (self.folder, self.limits, self.now) = (folder, limits, now)
    }

    /// Keeps a file of a request.
    ///
    /// - Parameters:
    ///   - form: the name of the form.
    ///   - attachment: what the file has become; its bytes are then not kept here.
    /// - Throws: `CivicError.storeBusy` when the limits are reached; an error of the file system.
    func keep(
        _ file: UploadedFile,
        of form: String,
        for owner: FormOwner,
        as attachment: KeptAttachment? = nil
    ) throws -> KeptFile {
        let home = KeptFolder(folder, owner)
        try makeRoom(for: file.size, in: home)
        let bytes = KeptFilesUsage.bytesOnDisk(file.size)
        guard try usage.reserve(bytes, isBrowser: home.isOfBrowser, limits, count: { try count() }) else {
            throw CivicError.storeBusy
        }
        let kept = KeptFile(
            id: SecretToken().text,
            form: form,
            field: file.field,
            name: file.name,
            format: file.format,
            size: file.size,
            received: now(),
            attachment: attachment
        )
        do {
            if attachment != nil { try file.dropContent() }
            do { try home.add(kept, from: file.url) } catch {
                guard !home.exists else { throw error }
                // A sweep deleted the empty folder in between; it leaves one that was just made.
                try home.add(kept, from: file.url)
            }
        } catch {
            usage.release(bytes, isBrowser: home.isOfBrowser)
            throw error
        }
        return kept
    }

    /// The files of a field by their ids, each once; ids that are unknown to this owner, such as expired ones, are left out.
    ///
    /// The lifetime of those that are found begins anew.
    func files(_ ids: [String], of field: String, in form: String, for owner: FormOwner) -> [KeptFile] {
        let home = KeptFolder(folder, owner)
        var seen: Set<String> = []
        return ids.prefix(Self.maxIDs).compactMap { id in
            guard seen.insert(id).inserted, let file = home.file(id), file.field == field, file.form == form else {
                return nil
            }
            let latest = file.received.addingTimeInterval(Self.longestLifetime - Self.lifetime)
            home.touch(id, min(now(), latest))
            return file
        }
    }

    /// Gives files of a browser to the person who has signed in there.
    ///
    /// - Throws: an error of the file system.
    func adopt(_ ids: [String], of browser: FormOwner, by person: PersonID) throws {
        let (home, target) = (KeptFolder(folder, browser), KeptFolder(folder, .person(person)))
        for id in ids.prefix(Self.maxIDs) {
            guard let file = home.file(id) else { continue }
            try makeRoom(for: file.size, in: target)
            try target.add(file, from: home.url.appending(path: id))
            _ = try home.remove(KeptFolder.note(of: id))
            usage.passOn(KeptFilesUsage.bytesOnDisk(file.size))
        }
    }

    /// A file by its id; nil when this owner has none.
    func file(_ id: String, of owner: FormOwner) -> KeptFile? { KeptFolder(folder, owner).file(id) }

    /// The attachments among some files.
    func attachments(_ ids: [String], of owner: FormOwner) -> [AttachmentID] {
        ids.prefix(Self.maxIDs).compactMap { file($0, of: owner)?.attachment?.id }
    }

    /// All files of a person, oldest first.
    ///
    /// - Throws: an error of the file system.
    func files(of person: PersonID) throws -> [KeptFile] {
        let home = KeptFolder(folder, .person(person))
        return try home.entries().compactMap { home.file($0.name) }.sorted { $0.received < $1.received }
    }

    /// Moves a file to a place where it stays, after writing it to the disk.
    ///
    /// - Throws: an error of the file system.
    package func move(_ file: KeptFile, of owner: FormOwner, to target: URL) throws {
        let home = KeptFolder(folder, owner)
        try home.move(file.id, to: target)
        usage.release(KeptFilesUsage.bytesOnDisk(file.size), isBrowser: home.isOfBrowser)
    }

    /// Deletes files of a form: those that were removed from it, or all when it was sent.
    func delete(_ ids: [String], of owner: FormOwner) {
        let home = KeptFolder(folder, owner)
        for id in ids.prefix(Self.maxIDs) {
            if let file = home.file(id) { try? remove(id, size: file.size, from: home) }
        }
    }

    /// Deletes all files of a person with their account.
    ///
    /// - Throws: an error of the file system.
    func deleteAll(of person: PersonID) throws {
        let home = KeptFolder(folder, .person(person))
        let bytes = try home.entries().filter(\.isContent).reduce(0) { $0 + KeptFilesUsage.bytesOnDisk($1.size) }
        try home.removeAll()
        usage.release(bytes, isBrowser: false)
    }

    /// Deletes what has expired, and recounts the rest.
    ///
    /// A file that cannot be deleted does not prevent the deletion of the others.
    ///
    /// - Throws: the first error of the file system, after all folders were tried; a missing folder is not an error.
    package func deleteExpired() throws {
        var failure: (any Error)?
        usage.recount {
            var totals = KeptFilesUsage.Totals()
            do {
                for home in try homes() {
                    do { totals = try deleteExpired(in: home, totals, &failure) } catch { failure = failure ?? error }
                }
            } catch {
                failure = failure ?? error
            }
            return totals
        }
        if let failure { throw failure }
    }

    private func deleteExpired(
        in home: KeptFolder,
        _ counted: KeptFilesUsage.Totals,
        _ failure: inout (any Error)?
    ) throws -> KeptFilesUsage.Totals {
        var totals = counted
        for entry in try home.entries() {
            if entry.changed.addingTimeInterval(Self.lifetime) < now() {
                let attachment = home.note(named: entry.name)?.attachment
                do { if try home.remove(entry.name), let attachment { released.add(attachment.id) } } catch {
                    failure = failure ?? error
                }
            } else if entry.isContent {
                totals.add(KeptFilesUsage.bytesOnDisk(entry.size), isBrowser: home.isOfBrowser)
            }
        }
        home.removeIfEmpty(since: now().addingTimeInterval(-Self.emptyFolderAge))
        return totals
    }

    private func count() throws -> KeptFilesUsage.Totals {
        var totals = KeptFilesUsage.Totals()
        for home in try homes() {
            // A folder that cannot be read is reported by the sweep.
            for entry in (try? home.entries()) ?? [] where entry.isContent {
                totals.add(KeptFilesUsage.bytesOnDisk(entry.size), isBrowser: home.isOfBrowser)
            }
        }
        return totals
    }

    private func homes() throws -> [KeptFolder] {
        guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .map { KeptFolder($0) }
    }

    private func makeRoom(for size: Int, in home: KeptFolder) throws {
        var files = try home.entries().filter(\.isContent).sorted { $0.changed < $1.changed }
        var bytes = files.reduce(size) { $0 + $1.size }
        while !files.isEmpty, bytes > limits.ownerBytes || files.count >= limits.ownerFiles {
            let oldest = files.removeFirst()
            bytes -= oldest.size
            try remove(oldest.name, size: oldest.size, from: home)
        }
    }

    private func remove(_ id: String, size: Int, from home: KeptFolder) throws {
        let attachment = home.file(id)?.attachment
        guard try home.remove(id) else { return }
        if let attachment { released.add(attachment.id) }
        _ = try? home.remove(KeptFolder.note(of: id))
        usage.release(KeptFilesUsage.bytesOnDisk(size), isBrowser: home.isOfBrowser)
    }
}
