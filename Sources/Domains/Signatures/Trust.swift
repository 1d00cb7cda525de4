import COpenSSL
public import Foundation

/// Certificates to trust and lists of revoked ones, read from files once.
public final class Trust: Sendable {
    /// What a trust holds, for the operator.
    public struct Inventory: Sendable, Hashable {
        /// Certificates.
        public let certificates: Int
        /// Those of them that are signed by themselves.
        public let roots: Int
        /// Lists of revoked certificates.
        public let lists: Int
        /// When the first of the certificates expires.
        public let firstExpiry: Date?
        /// When the first of the lists is out of date.
        public let firstUpdate: Date?
        /// Whether a certificate has a key of GOST 34.10-2015.
        public let needsGOST: Bool
        /// Whether OpenSSL's GOST engine is in use.
        public let hasGOST: Bool
    }

    /// OpenSSL's store of certificates: written by the initializer only, then read under OpenSSL's own locks.
    nonisolated(unsafe) let handle: OpaquePointer
    /// What it holds.
    public let inventory: Inventory
    let marks: [TrustFiles.Mark]

    /// Reads the files.
    ///
    /// - Throws: `SignaturesError`.
    public init(_ files: TrustFiles) throws(SignaturesError) {
        marks = try files.marks()
        guard let handle = cossl_trust_new() else { throw .unavailable }
        self.handle = handle
        do throws(SignaturesError) {
            for mark in marks { try Self.add(mark.path, to: handle) }
        } catch {
            cossl_trust_free(handle)
            throw error
        }
        inventory = Inventory(cossl_trust_inventory(handle))
        // From here on `deinit` frees the store, also when this throws.
        guard inventory.roots > 0 else { throw .noRoot(path: files.roots) }
    }

    deinit { cossl_trust_free(handle) }

    private static func add(_ path: String, to handle: OpaquePointer) throws(SignaturesError) {
        guard let data = FileManager.default.contents(atPath: path) else { throw .unreadable(path: path) }
        let count = data.withUnsafeBytes { cossl_trust_add(handle, $0.baseAddress, $0.count) }
        guard count > 0 else { throw .malformed(path: path) }
    }
}

extension Trust.Inventory {
    fileprivate init(_ held: cossl_inventory) {
        certificates = held.certificates
        roots = held.roots
        lists = held.lists
        firstExpiry = held.first_expiry == 0 ? nil : Date(timeIntervalSince1970: Double(held.first_expiry))
        firstUpdate = held.first_update == 0 ? nil : Date(timeIntervalSince1970: Double(held.first_update))
        needsGOST = held.needs_gost != 0
        hasGOST = held.has_gost != 0
    }
}
