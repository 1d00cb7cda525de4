import AtomicFile
import Civic
public import Foundation

/// A folder of mails, used when no mail server is configured: in development, tests and demonstrations.
///
/// A mail is two files: `.eml` as it would have been transmitted, which any mail program opens, and `.json` for listing. Their
/// names contain the time and a digest of the key, but no address. A mail that is written twice is stored once.
public struct MailFolder: Sendable {
    /// A mail in the folder.
    public struct Entry: Sendable, Codable, Equatable, Identifiable {
        /// Its name without extension: `20261125T180537123Z-` and 16 hexadecimal digits.
        public let id: String
        /// When it was queued.
        public let queued: Date
        /// The recipient.
        public let recipient: String
        /// Its language.
        public let language: String
        /// The subject.
        public let subject: String
        /// The plain text.
        public let text: String
        /// The HTML document.
        public let html: String
    }

    // Mails contain links that sign people in, so only the server's own account may read them.
    private static let mode: UInt16 = 0o600
    // Another process may still be writing a file that was changed within this many seconds. Older incomplete mails are left from
    // killed processes and can be deleted, because they are sent again.
    private static let writes: TimeInterval = 60

    private let folder: URL

    /// Names the folder; it is created when the first mail is written.
    public init(_ folder: URL) { self.folder = folder }

    /// The mails, newest first; none when there is no folder.
    ///
    /// Blocks.
    ///
    /// - Throws: file system errors.
    public func list(limit: Int = 100) throws -> [Entry] {
        try identifiers("json").sorted(by: >).lazy.compactMap { try? read($0) }.prefix(limit).map(\.self)
    }

    /// A mail; nil when there is none with this id, which must match the format of ids before it becomes part of a path.
    ///
    /// Blocks.
    ///
    /// - Throws: file system errors, or `DecodingError`.
    public func read(_ id: String) throws -> Entry? {
        guard let data = try file(id, "json") else { return nil }
        return try JSONDecoder().decode(Entry.self, from: data)
    }

    /// A mail as it would have been transmitted (RFC 5322); nil when there is none with this id.
    ///
    /// Blocks.
    ///
    /// - Throws: file system errors.
    public func source(_ id: String) throws -> Data? { try file(id, "eml") }

    /// Deletes the mails to a recipient, for example when their account is erased; ignores case.
    ///
    /// Blocks.
    ///
    /// - Throws: file system errors.
    public func forget(recipient: String) throws {
        let wanted = recipient.lowercased()
        for id in try identifiers("json") where (try? read(id))?.recipient.lowercased() == wanted { try remove(id) }
    }

    /// Deletes the mails that were queued before a time.
    ///
    /// Blocks.
    ///
    /// - Throws: file system errors.
    public func sweep(before time: Date) throws {
        let stamp = MailDate.stamp(time)
        // Look at both kinds of file, because a mail that was half written is not listed.
        for id in Set(try identifiers("json") + identifiers("eml")) where id.prefix(stamp.count) < stamp {
            try remove(id)
        }
    }

    /// Deletes files that a killed process left half written, and restricts the permissions of mails that others could read.
    ///
    /// Blocks. A mail that was half written is sent, and therefore written, again. Called when a server starts: temporary files
    /// are deleted whatever their age, because a writer that loses one tries again.
    ///
    /// - Throws: file system errors.
    public func tidy(at time: Date = Date()) throws {
        guard FileManager.default.fileExists(atPath: folder.path) else { return }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        // Earlier versions wrote files with Foundation, whose temporary files have such names.
        let left = names.filter { $0.hasPrefix(".dat.nosync") }.map { folder.appending(path: $0) }
        for url in try AtomicFile.leftovers(in: folder) + left {
            try Self.unlessGone { try FileManager.default.removeItem(at: url) }
        }
        let listed = Set(try identifiers("json"))
        for id in try identifiers("eml") {
            let changed = try Self.unlessGone {
                try FileManager.default.attributesOfItem(atPath: url(id, "eml").path)[.modificationDate]
            }
            let isOld = (changed as? Date).map { $0 < time - Self.writes } ?? false
            if !listed.contains(id), isOld { try remove(id) }
        }
        for url in try ["eml", "json"].flatMap({ kind in try identifiers(kind).map { url($0, kind) } }) {
            try Self.unlessGone {
                try FileManager.default.setAttributes([.posixPermissions: Int(Self.mode)], ofItemAtPath: url.path)
            }
        }
    }

    // Another process may send or delete a mail between listing the folder and touching the file.
    @discardableResult private static func unlessGone<Result>(_ work: () throws -> Result?) throws -> Result? {
        do {
            return try work()
        } catch let error as CocoaError where [.fileNoSuchFile, .fileReadNoSuchFile].contains(error.code) {
            return nil
        }
    }

    func write(_ queued: QueuedMail, _ message: InternetMessage) throws {
        let mail = queued.mail
        let id = "\(MailDate.stamp(queued.queued))-\(MailKey.digest(mail.key).prefix(16))"
        let entry = Entry(
            id: id,
            queued: queued.queued,
            recipient: mail.recipient,
            language: mail.language,
            subject: mail.message.subject,
            text: mail.message.text,
            html: mail.message.html
        )
        try FileManager.default.createDirectory(
            at: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        try put(message.bytes, id, "eml")
        // Write this file last, because a mail is listed by it.
        try put(try JSONEncoder().encode(entry), id, "json")
    }

    /// The names of the files of one kind, without extension; none when there is no folder.
    private func identifiers(_ kind: String) throws -> [String] {
        guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".\(kind)") }
            .map { String($0.dropLast(kind.count + 1)) }
            .filter(Self.isIdentifier)
    }

    private func remove(_ id: String) throws {
        // Delete the mail itself first: while it is listed, the deletion can be repeated.
        for url in [url(id, "eml"), url(id, "json")] where FileManager.default.fileExists(atPath: url.path) {
            try FileManager.default.removeItem(at: url)
        }
    }

    private func put(_ data: Data, _ id: String, _ kind: String) throws {
        try AtomicFile.write(data, to: url(id, kind), mode: Self.mode)
    }

    private func file(_ id: String, _ kind: String) throws -> Data? {
        guard Self.isIdentifier(id) else { return nil }
        let url = url(id, kind)
        return FileManager.default.fileExists(atPath: url.path) ? try Data(contentsOf: url) : nil
    }

    private static func isIdentifier(_ id: String) -> Bool {
        id.wholeMatch(of: #/[0-9]{8}T[0-9]{9}Z-[0-9a-f]{16}/#) != nil
    }

    private func url(_ id: String, _ kind: String) -> URL { folder.appending(path: "\(id).\(kind)") }
}
