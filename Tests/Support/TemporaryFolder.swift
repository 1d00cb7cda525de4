public import Foundation

/// An empty folder for one test, removed with its contents when the last reference is released.
public final class TemporaryFolder: Sendable {
    /// The location of the folder.
    public let url: URL

    /// Makes the folder, readable only by its owner.
    public init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "openalmaty-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: url,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700]
        )
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}
