/// Why certificates and lists to trust cannot be used, for the operator.
public enum SignaturesError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file or folder is missing or cannot be read.
    case unreadable(path: String)
    /// A file holds something else than certificates (roots) or lists of revoked certificates.
    case malformed(path: String)
    /// The files are larger than `TrustFiles.maxBytes` together, or there are more than `TrustFiles.maxFiles`.
    case tooLarge(path: String)
    /// No certificate that is signed by itself is among those to trust.
    case noRoot(path: String)
    /// OpenSSL could not be used.
    case unavailable

    /// The reason and what to do.
    public var description: String {
        switch self {
        case .unreadable(let path):
            "\(path) cannot be read; it must be a file or a folder with certificates (PEM or DER)"
        case .malformed(let path): "\(path) is no certificate and no list of revoked certificates (PEM or DER)"
        case .tooLarge(let path):
            "\(path) holds more than \(TrustFiles.maxFiles) files or \(TrustFiles.maxBytes / 1_048_576) MiB"
        case .noRoot(let path): "\(path) has no certificate that is signed by itself, so no chain can end there"
        case .unavailable: "OpenSSL cannot be used"
        }
    }
}
