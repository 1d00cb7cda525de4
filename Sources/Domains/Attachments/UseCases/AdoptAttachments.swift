public import Civic

/// Gives the files that a browser sent before its reader signed in to that person.
public struct AdoptAttachments: Sendable {
    let store: any AttachmentStore
    let limits: AttachmentLimits

    /// Gives files to a person; those that have an owner, are claimed, or exceed the person's quota stay as they are.
    ///
    /// - Returns: the files that the person has now.
    /// - Throws: what the store throws.
    public func adopt(_ ids: [AttachmentID], by person: PersonID) async throws -> [AttachmentID] {
        guard !ids.isEmpty else { return [] }
        let quota = StorageUsage(files: limits.personFiles, bytes: limits.personBytes)
        return try await store.adopt(ids, by: person, within: quota)
    }
}
