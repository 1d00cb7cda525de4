import Crypto
public import Foundation

/// The SHA-256 of a file's content, by which it is stored.
public struct FileDigest: RawRepresentable, Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
    /// 64 hexadecimal digits in lower case.
    public let rawValue: String

    /// Parses a digest; nil when the text is not one, so that it can become part of a path.
    public init?(rawValue: String) {
        let isDigest = rawValue.utf8.allSatisfy {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
        }
        guard rawValue.utf8.count == 64, isDigest else { return nil }
        self.rawValue = rawValue
    }

    /// The digest of bytes in memory.
    public init(of bytes: some DataProtocol) { self.init(SHA256.hash(data: bytes)) }

    /// The digest of a file, and its size in bytes.
    ///
    /// - Throws: `AttachmentsError.fileSystem`.
    static func read(_ file: OpenFile) throws(AttachmentsError) -> (digest: FileDigest, size: Int) {
        var hash = SHA256()
        var size = 0
        while case let chunk = try file.bytes(at: size, count: OpenFile.chunk), !chunk.isEmpty {
            hash.update(data: chunk)
            size += chunk.count
        }
        return (FileDigest(hash.finalize()), size)
    }

    private init(_ digest: SHA256.Digest) {
        rawValue = digest.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }
        .joined()
    }

    /// Orders as text.
    public static func < (left: FileDigest, right: FileDigest) -> Bool { left.rawValue < right.rawValue }

    /// The digits.
    public var description: String { rawValue }

    /// The folder that holds the file: the first two digits.
    var shard: String { String(rawValue.prefix(2)) }
}
