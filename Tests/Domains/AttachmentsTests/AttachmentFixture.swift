import Civic
import Foundation
import SQLiteStore
import TestSupport

@testable import Attachments

/// A folder of attachments with a new database, and samples to take.
struct AttachmentFixture: Sendable {
    let folder: TemporaryFolder
    let store: SQLiteAttachmentStore
    let storage: FileStorage
    let limits: AttachmentLimits

    init(_ change: (inout AttachmentLimits) -> Void = { _ in }) throws {
        var limits = AttachmentLimits()
        limits.leastFreeDisk = 0
        // All tests run at once, which makes each picture take long; a test of this limit sets its own.
        limits.process.wallTime = .seconds(600)
        change(&limits)
        let folder = try TemporaryFolder()
        store = SQLiteAttachmentStore(try PortalDatabase.inMemory())
        storage = try FileStorage(folder.url.appending(path: "attachments"))
        (self.folder, self.limits) = (folder, limits)
    }

    func useCases(scanner: (any VirusScanner)? = nil, after seconds: Double = 0) -> AttachmentUseCases {
        let clock = WallClock { Date().addingTimeInterval(seconds) }
        return AttachmentUseCases(store: store, storage: storage, scanner: scanner, limits: limits, clock: clock)
    }

    func sample(_ name: String) async throws -> URL { try await Sample.make(name, in: folder.url) }

    /// Takes a sample under its own name.
    func take(
        _ name: String,
        from owner: PersonID? = PersonID(rawValue: 7),
        scanner: (any VirusScanner)? = nil
    ) async throws -> TakeAttachment.Outcome {
        try await useCases(scanner: scanner).take.take(try await sample(name), named: name, from: owner)
    }

    /// The regular files below the folder of attachments, without locks.
    func files() throws -> [String] {
        let root = folder.url.appending(path: "attachments")
        return try FileManager.default.subpathsOfDirectory(atPath: root.path).filter { path in
            var isFolder: ObjCBool = false
            FileManager.default.fileExists(atPath: root.appending(path: path).path, isDirectory: &isFolder)
            return !isFolder.boolValue && !path.hasPrefix("locks/")
        }
    }
}

extension TakeAttachment.Outcome {
    /// The record, when the file was taken.
    var attachment: AttachedFile? {
        if case .taken(let attachment, _) = self { return attachment }
        return nil
    }
}
