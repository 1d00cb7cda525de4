public import Foundation

/// Contents of a backup.
extension FileStorage {
    /// The given contents that are missing here or do not match their digests.
    ///
    /// It reads all of them and blocks.
    ///
    /// - Throws: `AttachmentsError.fileSystem`.
    public func unsound(_ contents: [StoredContent]) throws(AttachmentsError) -> [FileDigest] {
        var faulty: [FileDigest] = []
        for content in Set(contents).sorted(by: { $0.digest < $1.digest }) {
            guard try existing(content.digest) != nil else {
                faulty.append(content.digest)
                continue
            }
            let (digest, size) = try FileDigest.read(try OpenFile(url(of: content.digest)))
            if digest != content.digest || size != content.size { faulty.append(content.digest) }
        }
        return faulty
    }

    /// Adds contents of another storage, replacing those that have another size here.
    ///
    /// It blocks.
    ///
    /// - Throws: `AttachmentsError.fileSystem`.
    public func add(_ contents: [StoredContent], from other: FileStorage) throws(AttachmentsError) {
        for content in Set(contents) {
            let target = url(of: content.digest)
            if try existing(content.digest)?.size == content.size { continue }
            let part = target.deletingLastPathComponent().appending(path: ".\(content.digest.rawValue).restore.part")
            unlink(part.path)
            guard try ContentCopy.place(other.url(of: content.digest), at: part) else {
                throw .fileSystem(path: other.url(of: content.digest).path, reason: "it is missing")
            }
            try FileOwner.adopt(part)
            guard rename(part.path, target.path) == 0 else { throw .lastError(target.path) }
        }
        try flush()
    }

    /// Gives all contents except the given ones a second name in a folder that becomes a storage.
    ///
    /// It blocks.
    ///
    /// - Returns: how many there are; if there are none, the folder is not made.
    /// - Throws: `AttachmentsError.fileSystem`.
    public func keep(allBut contents: [StoredContent], in root: URL) throws(AttachmentsError) -> Int {
        let others = Set(contents.map(\.digest))
        var kept: [FileDigest] = []
        for shard in Self.shards {
            kept += try items(in: shard).map(\.digest).filter { !others.contains($0) }
        }
        guard !kept.isEmpty else { return 0 }
        let aside = try FileStorage(root)
        for digest in kept {
            guard try existing(digest) != nil, try aside.existing(digest) == nil else { continue }
            _ = try ContentCopy.place(url(of: digest), at: aside.url(of: digest))
        }
        try aside.flush()
        return kept.count
    }
}
