import Foundation

/// Where the certificates to trust and the lists of revoked certificates are: a file or a folder each.
///
/// The certificates of intermediate authorities belong to the roots, because NCALayer sends only that of the signer.
public struct TrustFiles: Sendable, Hashable {
    /// The most files of a folder.
    public static let maxFiles = 200
    /// The most bytes of all files together; the lists of the national authority have some megabytes.
    public static let maxBytes = 128 * 1_048_576

    /// Certificates, PEM or DER.
    public let roots: String
    /// Lists of revoked certificates, PEM or DER; nil when revocation is not checked.
    public let lists: String?

    /// Names the files.
    public init(roots: String, lists: String? = nil) {
        self.roots = roots
        self.lists = lists
    }

    /// What tells whether a file has changed.
    struct Mark: Hashable {
        let path: String
        let size: Int
        let changed: Date
    }

    /// The files with their sizes and times, sorted; hidden ones are left out.
    ///
    /// - Throws: `SignaturesError.unreadable`, `.tooLarge`.
    func marks() throws(SignaturesError) -> [Mark] {
        try Self.marks(roots) + (lists.map(Self.marks) ?? [])
    }

    static func marks(_ path: String) throws(SignaturesError) -> [Mark] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw .unreadable(path: path)
        }
        guard isFolder.boolValue else { return [try mark(path)] }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw .unreadable(path: path)
        }
        var found: [Mark] = []
        for name in names.sorted() where !name.hasPrefix(".") {
            guard found.count < maxFiles else { throw .tooLarge(path: path) }
            found.append(try mark(path + "/" + name))
        }
        guard found.reduce(0, { $0 + $1.size }) <= maxBytes else { throw .tooLarge(path: path) }
        return found
    }

    private static func mark(_ path: String) throws(SignaturesError) -> Mark {
        guard let facts = try? FileManager.default.attributesOfItem(atPath: path),
            facts[.type] as? FileAttributeType != .typeDirectory,
            let size = (facts[.size] as? NSNumber)?.intValue, let changed = facts[.modificationDate] as? Date
        else { throw .unreadable(path: path) }
        guard size <= maxBytes else { throw .tooLarge(path: path) }
        return Mark(path: path, size: size, changed: changed)
    }
}
