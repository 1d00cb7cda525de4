import Foundation
import TestSupport

@testable import Attachments

/// A clamd of its own with one signature, on a socket in a folder and on a port of 127.0.0.1.
final class ClamDaemon: Sendable {
    private static let program = "/usr/sbin/clamd"
    /// What its signature finds.
    private static let mark = "OPENALMATY-TEST-SIGNATURE"

    let address: ScannerAddress
    private let process: Process

    /// Starts clamd and waits until it answers.
    init(in folder: URL, address: ScannerAddress) async throws {
        self.address = address
        let signatures = folder.appending(path: "signatures")
        try FileManager.default.createDirectory(at: signatures, withIntermediateDirectories: true)
        let digits = Self.mark.utf8.map { String($0, radix: 16) }.joined()
        try Data("Test.Mark:0:*:\(digits)\n".utf8).write(to: signatures.appending(path: "test.ndb"))
        let listening =
            switch address {
            case .unix(let path): "LocalSocket \(path)\n"
            case .tcp(let host, let port): "TCPAddr \(host)\nTCPSocket \(port)\n"
            }
        let settings = "DatabaseDirectory \(signatures.path)\nForeground true\nMaxThreads 2\n" + listening
        let file = folder.appending(path: "clamd.conf")
        try Data(settings.utf8).write(to: file)
        process = Process()
        process.executableURL = URL(filePath: Self.program)
        process.arguments = ["-c", file.path]
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try process.run()
        let probe = folder.appending(path: "probe")
        try Data("probe".utf8).write(to: probe)
        let scanner = ClamAVScanner(address, limit: .seconds(5))
        for _ in 0..<300 where process.isRunning {
            if (try? await scanner.scan(probe)) == .clean { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw AttachmentsError.scannerUnavailable("clamd did not start")
    }

    deinit { stop() }

    func stop() {
        guard process.isRunning else { return }
        process.terminate()
        process.waitUntilExit()
    }

    /// A port of 127.0.0.1 that nobody listens on at the moment.
    static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isBound else { throw AttachmentsError.scannerUnavailable("no free port") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
