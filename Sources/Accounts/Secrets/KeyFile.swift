public import Foundation

/// The file beside the database that holds the secret keys where none is configured: one in a line, the current first.
public struct KeyFile: Sendable {
    /// Only its owner may read the file.
    private static let mode = 0o600

    /// Where it is.
    public let url: URL

    /// Names a file; nothing is read yet.
    public init(_ url: URL) { self.url = url }

    /// Reads the keys; when there is no file it makes one with a new key, that only its owner can read.
    ///
    /// - Throws: `AccountsError.keyFile` when others may read it or it cannot be read or written, `.malformedKeys`.
    public func load() throws(AccountsError) -> KeyRing {
        if FileManager.default.fileExists(atPath: url.path) { return try read() }
        let ring = try KeyRing.random()
        // Two programs that start at once: the first makes the file, the other reads it.
        guard try create(ring) else { return try read() }
        return ring
    }

    /// Puts a ring in place of what the file holds, whole or not at all.
    ///
    /// - Throws: `AccountsError.keyFile`.
    public func replace(with ring: KeyRing) throws(AccountsError) {
        let fresh = KeyFile(url.appendingPathExtension("new"))
        try? FileManager.default.removeItem(at: fresh.url)
        guard try fresh.create(ring) else { throw fault("another program is changing it") }
        guard rename(fresh.url.path, url.path) == 0 else { throw fault("it cannot be replaced") }
    }

    private func read() throws(AccountsError) -> KeyRing {
        let text: String
        do {
            let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
            let permissions = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
            guard permissions & 0o077 == 0 else { throw fault("others may read it; run chmod 600 on it") }
            text = try String(contentsOf: url, encoding: .utf8)
        } catch let error as AccountsError {
            throw error
        } catch {
            throw fault("it cannot be read")
        }
        let lines = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        return try KeyRing(texts: lines.filter { !$0.isEmpty && !$0.hasPrefix("#") })
    }

    /// Writes a file that must not be there yet; false when it is.
    private func create(_ ring: KeyRing) throws(AccountsError) -> Bool {
        let descriptor = open(url.path, O_WRONLY | O_CREAT | O_EXCL, mode_t(Self.mode))
        guard descriptor >= 0 else {
            if FileManager.default.fileExists(atPath: url.path) { return false }
            throw fault("it cannot be made")
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: Data((Self.heading + ring.texts.joined(separator: "\n") + "\n").utf8))
            try handle.synchronize()
            try handle.close()
        } catch {
            throw fault("it cannot be written")
        }
        return true
    }

    private func fault(_ reason: String) -> AccountsError { .keyFile(path: url.path, reason: reason) }

    private static let heading = """
        # Secret keys of Open Almaty, the current one first. Without them sealed data is lost:
        # keep a copy in a safe place.

        """
}

extension KeyRing {
    /// The keys of the configuration, or of the file where none is configured.
    ///
    /// - Parameters:
    ///   - current: 32 bytes in base64 (`OPENALMATY_SECRET_KEY`); nil or empty takes the file.
    ///   - older: earlier keys, separated by commas or spaces (`OPENALMATY_SECRET_KEYS_OLD`).
    ///   - file: the key file, made when it is needed and not there.
    /// - Throws: `AccountsError.malformedKeys` or `.keyFile`.
    public static func load(current: String?, older: String?, file: URL) throws(AccountsError) -> KeyRing {
        let olderTexts = (older ?? "").split { $0 == "," || $0.isWhitespace }.map(String.init)
        if let current, !current.isEmpty { return try KeyRing(texts: [current] + olderTexts) }
        return try KeyRing(texts: try KeyFile(file).load().texts + olderTexts)
    }
}
