import Attachments
import Synchronization

/// The attachments of kept files that were deleted; their records are still to be deleted unless something has claimed them.
///
/// Kept files are changed synchronously, but records can only be deleted asynchronously. If the process ends in between, the
/// records expire.
final class ReleasedAttachments: Sendable {
    private let ids = Mutex<[AttachmentID]>([])

    /// Adds an attachment.
    func add(_ id: AttachmentID) { ids.withLock { $0.append(id) } }

    /// Removes and returns what was added.
    func takeAll() -> [AttachmentID] {
        ids.withLock { ids in
            defer { ids = [] }
            return ids
        }
    }
}
