public import Foundation

/// The folder of the product, for tests that read its data and sources.
public enum ProductFolder {
    /// The root of the repository.
    public static let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
}
