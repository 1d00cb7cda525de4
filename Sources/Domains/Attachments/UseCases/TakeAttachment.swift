public import Civic
public import Foundation
public import Geo

/// Takes a file that somebody sent: decides what it is, scans it, makes a picture safe, and stores it.
public struct TakeAttachment: Sendable {
    /// What became of a file.
    public enum Outcome: Sendable, Equatable {
        /// It is on the disk and recorded. The position is where a picture was taken, as its metadata said: it is offered to the person
        /// and stored nowhere.
        case taken(AttachedFile, position: Coordinate?)
        /// It was not taken, and nothing of it is left.
        case refused(AttachmentRefusal)
    }

    /// A file that is ready to be stored.
    private struct Prepared {
        let format: FileFormat
        let content: OpenFile
        let thumbnail: OpenFile?
        let position: Coordinate?
    }

    let store: any AttachmentStore
    let storage: FileStorage
    let scanner: (any VirusScanner)?
    let limits: AttachmentLimits
    let clock: WallClock
    let pictures: PictureTool
    let collector: ContentCollector

    /// Takes a file; it is only read, and the caller deletes it.
    ///
    /// When this returns `.taken`, the contents and the record survive a crash.
    ///
    /// - Parameters:
    ///   - file: a regular file that nobody else writes to.
    ///   - name: the name as the client sent it.
    ///   - owner: who sent it; nil for somebody without an account, whose number of files the caller limits.
    /// - Throws: `AttachmentsError`, or what the store throws; nothing of the file is left then, unless the store cannot be asked.
    public func take(_ file: URL, named name: String, from owner: PersonID?) async throws -> Outcome {
        let source = try await storage.onThread { try OpenFile(file) }
        let format: FileFormat
        switch try await storage.onThread({ [limits] in try ContentInspector(limits: limits).inspect(source) }) {
        case .refused(let refusal): return .refused(refusal)
        case .format(let found): format = found
        }
        // The store has the final say; asking now may save the work.
        if let refusal = try await shortage(of: source.size, for: owner) { return .refused(refusal) }
        let work = try WorkFolder(in: storage.work)
        let sent = try await storage.onThread { try work.copy(of: source) }
        let state: AttachedFile.State
        switch try await verdict(on: sent) {
        case .infected(let finding): return .refused(.infected(finding: finding))
        case .clean: state = .available
        case nil: state = .awaitingScan
        }
        let prepared: Prepared
        if format.isImage {
            switch try await pictures.encode(sent, format, in: work.url) {
            case .refused(let refusal): return .refused(refusal)
            case .encoded(let picture):
                prepared = try await storage.onThread {
                    Prepared(
                        format: picture.format,
                        content: try OpenFile(picture.file),
                        thumbnail: try OpenFile(picture.thumbnail),
                        position: picture.position
                    )
                }
            }
        } else {
            prepared = try await storage.onThread {
                Prepared(format: format, content: try OpenFile(sent), thumbnail: nil, position: nil)
            }
        }
        return try await keep(prepared, named: name, from: owner, state)
    }

    /// Stores the contents and writes the record.
    private func keep(
        _ prepared: Prepared,
        named name: String,
        from owner: PersonID?,
        _ state: AttachedFile.State
    ) async throws -> Outcome {
        let files = [prepared.content] + (prepared.thumbnail.map { [$0] } ?? [])
        let contents = try await storage.onThread {
            try files.map { file in
                let (digest, size) = try FileDigest.read(file)
                return StoredContent(digest: digest, size: size)
            }
        }
        let id = AttachmentID()
        let attachment = AttachedFile(
            id: id,
            owner: owner,
            name: FileName.forDownload(name, prepared.format, fallback: String(id.rawValue.prefix(8))),
            format: prepared.format,
            content: contents[0],
            thumbnail: contents.count > 1 ? contents[1] : nil,
            state: state,
            received: clock.now
        )
        let addition: AttachmentAddition
        do {
            addition = try await place(files, attachment)
        } catch {
            _ = try? await collector.collect(contents.map(\.digest))
            throw error
        }
        if addition == .added { return .taken(attachment, position: prepared.position) }
        try await collector.collect(contents.map(\.digest))
        return .refused(refusal(for: addition))
    }

    /// Places the contents and adds the record under one lock, so that no content is deleted in between.
    private func place(_ files: [OpenFile], _ attachment: AttachedFile) async throws -> AttachmentAddition {
        let contents = attachment.files
        let lock = try await storage.lock(contents.map(\.digest), .shared)
        defer { withExtendedLifetime(lock) {} }
        try await storage.onThread {
            for (file, content) in zip(files, contents) { try storage.place(file, as: content) }
        }
        let person = StorageUsage(files: limits.personFiles, bytes: limits.personBytes)
        return try await store.add(attachment, within: StorageQuota(person: person, totalBytes: limits.totalBytes))
    }

    /// The verdict of the scanner; nil when it gives none at present.
    private func verdict(on file: URL) async throws -> ScanVerdict? {
        guard let scanner else { return .clean }
        do {
            return try await scanner.scan(file)
        } catch AttachmentsError.scannerUnavailable {
            return nil
        }
    }

    private func shortage(of size: Int, for owner: PersonID?) async throws -> AttachmentRefusal? {
        let free = try await storage.onThread { try storage.freeBytes() }
        guard free - size >= limits.leastFreeDisk else { return .storageFull }
        guard let owner else { return nil }
        let used = try await store.usage(of: owner)
        if used.files >= limits.personFiles { return refusal(for: .personHasTooManyFiles) }
        return used.bytes >= limits.personBytes ? refusal(for: .personHasTooManyBytes) : nil
    }

    private func refusal(for addition: AttachmentAddition) -> AttachmentRefusal {
        switch addition {
        case .personHasTooManyFiles: .tooManyFiles(limit: limits.personFiles)
        case .personHasTooManyBytes: .personQuota(limit: limits.personBytes)
        case .full, .added: .storageFull
        }
    }
}
