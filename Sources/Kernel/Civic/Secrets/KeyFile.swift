import AtomicFile
public import Foundation

/// The file beside the database that holds the secret keys where none is configured: one in a line, the current first.
public struct KeyFile: Sendable {
    /// Only its owner may read the file.
    private static let mode: UInt16 = 0o600

    /// Where it is.
    public let url: URL

    /// Names a file without reading it.
    public init(_ url: URL) { self.url = url }

    /// Whether there is a file.
    public var exists: Bool { FileManager.default.fileExists(atPath: url.path) }

    /// Reads the keys.
    ///
    /// - Throws: `CivicError.keyFile` when the file is missing, others may read it, or it cannot be read or used.
    public func load() throws(CivicError) -> KeyRing {
        guard exists else { throw .missingKeyFile(path: url.path) }
        return try read()
    }

    /// Reads the keys; creates a file with a new key, readable by its owner only, when there is none.
    ///
    /// - Throws: `CivicError.keyFile` when others may read it, or it cannot be read, written or used.
    public func loadOrMake() throws(CivicError) -> KeyRing {
        if exists { return try read() }
        let ring = try KeyRing.random()
        // When two programs start at the same time, one creates the file and the other reads it.
        guard try write(ring, replaces: false) else { return try read() }
        return ring
    }

    /// Creates the file with the keys of a ring, atomically; false when there is a file already.
    ///
    /// - Throws: `CivicError.keyFile`.
    public func create(_ ring: KeyRing) throws(CivicError) -> Bool {
        try write(ring, replaces: false)
    }

    /// Replaces the contents of the file by a ring, atomically.
    ///
    /// - Throws: `CivicError.keyFile`.
    public func replace(with ring: KeyRing) throws(CivicError) {
        _ = try write(ring, replaces: true)
    }

    private func read() throws(CivicError) -> KeyRing {
        let text: String
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), isFolder.boolValue {
            throw fault("it is a folder; put the key file in its place, or name the file in OPENALMATY_SECRET_KEY_FILE")
        }
        do {
            let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
            let permissions = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
            guard permissions & 0o077 == 0 else { throw fault("others may read it; run chmod 600 on it") }
            text = try String(contentsOf: url, encoding: .utf8)
        } catch let error as CivicError {
            throw error
        } catch {
            throw fault("it cannot be read as text; check who owns it, or put back your copy of it")
        }
        let lines = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        let keys = lines.filter { !$0.isEmpty && !$0.hasPrefix("#") }
        guard !keys.isEmpty else { throw fault("it holds no key; put back your copy of it") }
        do {
            return try KeyRing(texts: keys)
        } catch {
            guard case .malformedKeys(let reason) = error else { throw error }
            throw fault("\(reason); put back your copy of it")
        }
    }

    private func write(_ ring: KeyRing, replaces: Bool) throws(CivicError) -> Bool {
        let text = Self.heading + ring.texts.joined(separator: "\n") + "\n"
        do {
            return try AtomicFile.write(Data(text.utf8), to: url, mode: Self.mode, replaces: replaces)
        } catch {
            throw fault("it cannot be written; check the space on the disk and the rights of its folder")
        }
    }

    private func fault(_ reason: String) -> CivicError { .keyFile(path: url.path, reason: reason) }

    private static let heading = """
        # Secret keys of Open Almaty, the current one first. Without them sealed data is lost:
        # keep a copy in a safe place.

        """
}

extension KeyRing {
    /// The keys of the configuration, or of the file where none is configured.
    ///
    /// A key file is created only where no data depends on an earlier one, because a new key cannot open what the old one
    /// sealed.
    ///
    /// - Parameters:
    ///   - current: 32 bytes in base64 (`OPENALMATY_SECRET_KEY`); nil or empty takes the file.
    ///   - older: earlier keys, separated by commas or spaces (`OPENALMATY_SECRET_KEYS_OLD`).
    ///   - file: the key file.
    ///   - makesFile: whether a required key file that is missing is created.
    /// - Throws: `CivicError.malformedKeys`, `.keyFile` or `.missingKeyFile`.
    public static func load(
        current: String?,
        older: String?,
        file: URL,
        makesFile: Bool
    ) throws(CivicError) -> KeyRing {
        let olderTexts = (older ?? "").split { $0 == "," || $0.isWhitespace }.map(String.init)
        // Check each by itself first, so that the message names the wrong setting.
        for text in olderTexts { try check(text, of: "OPENALMATY_SECRET_KEYS_OLD") }
        if let current, !current.isEmpty {
            try check(current, of: "OPENALMATY_SECRET_KEY")
            return try KeyRing(texts: [current] + olderTexts)
        }
        let file = KeyFile(file)
        return try KeyRing(texts: try (makesFile ? file.loadOrMake() : file.load()).texts + olderTexts)
    }

    private static func check(_ text: String, of setting: String) throws(CivicError) {
        do {
            _ = try KeyRing(texts: [text])
        } catch {
            guard case .malformedKeys(let reason) = error else { throw error }
            throw .keySetting(name: setting, reason: reason)
        }
    }
}
