public import Foundation

// Tests of modules that do not use Civic draw reproducible input from it, too.
@_exported public import struct Civic.SplitMix64

/// The folder of the product, for tests that read its data and sources.
public enum ProductFolder {
    /// The root of the repository.
    public static let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The city's data.
    public static let data = url.appending(path: "data")

    /// A file as text, by its path from the root.
    public static func text(of path: String) throws -> String {
        try String(contentsOf: url.appending(path: path), encoding: .utf8)
    }
}
