public import Foundation

/// Judges files.
public protocol VirusScanner: Sendable {
    /// Scans a file.
    ///
    /// - Throws: `AttachmentsError.scannerUnavailable` when there is no verdict, which never counts as one.
    func scan(_ file: URL) async throws -> ScanVerdict
}

/// What a scanner says of a file.
public enum ScanVerdict: Sendable, Equatable {
    /// It found nothing.
    case clean
    /// It found what is named, by the name of a signature.
    case infected(finding: String)
}

/// Where a scanner listens.
public enum ScannerAddress: Sendable, Equatable {
    /// A socket of this machine.
    case unix(path: String)
    /// A host and a port.
    case tcp(host: String, port: Int)

    /// Parses `unix:/run/clamav/clamd.ctl` or `tcp:127.0.0.1:3310`.
    ///
    /// - Throws: `AttachmentsError.malformedScanner`.
    public init(_ text: String) throws(AttachmentsError) {
        if text.hasPrefix("unix:/") {
            self = .unix(path: String(text.dropFirst("unix:".count)))
            return
        }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == "tcp", let colon = parts[1].lastIndex(of: ":"),
            let port = Int(parts[1][parts[1].index(after: colon)...]), (1...65_535).contains(port),
            colon > parts[1].startIndex
        else { throw .malformedScanner(text) }
        var host = String(parts[1][..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        self = .tcp(host: host, port: port)
    }
}
