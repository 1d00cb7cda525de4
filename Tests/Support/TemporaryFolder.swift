public import Foundation

/// An empty folder for one test, removed with everything in it when the last reference goes.
public final class TemporaryFolder: Sendable {
    /// Where it is.
    public let url: URL

    /// Makes the folder, which only its owner may read.
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
