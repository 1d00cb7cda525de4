import Civic
import Foundation
import SQLiteStore
import TestSupport
import Testing

@testable import Attachments

/// Scanning by a real clamd.
@Suite struct ScanTests {
    @Test(
        "An infected file is refused with its finding and a clean one is taken, by socket and by port",
        arguments: [0, 1]
    )
    func verdicts(kind: Int) async throws {
        let fixture = try AttachmentFixture()
        let folder = fixture.folder.url
        let address: ScannerAddress =
            if kind == 0 {
                .unix(path: folder.appending(path: "c").path)
            } else {
                .tcp(host: "127.0.0.1", port: try ClamDaemon.freePort())
            }
        let daemon = try await ClamDaemon(in: folder, address: address)
        let scanner = ClamAVScanner(address, limit: .seconds(30))
        let infected = try await fixture.take("marked.pdf", scanner: scanner)
        #expect(infected == .refused(.infected(finding: "Test.Mark.UNOFFICIAL")))
        #expect(try fixture.files() == [])
        #expect(try await fixture.take("letter.pdf", scanner: scanner).attachment?.state == .available)
        #expect(try await fixture.take("plain.jpg", scanner: scanner).attachment?.state == .available)
        daemon.stop()
    }

    @Test("Without an answer files wait unseen, and are released or deleted when the scanner is back")
    func waiting() async throws {
        let fixture = try AttachmentFixture()
        let folder = fixture.folder.url
        let address = ScannerAddress.unix(path: folder.appending(path: "c").path)
        let scanner = ClamAVScanner(address, limit: .seconds(30))
        let clean = try #require(try await fixture.take("letter.pdf", scanner: scanner).attachment)
        let marked = try #require(try await fixture.take("marked.pdf", scanner: scanner).attachment)
        #expect(clean.state == .awaitingScan && AttachmentDelivery(clean, as: .download) == nil)
        let missed = try await fixture.useCases(scanner: scanner).scan.scanDue()
        #expect(missed.clean == 0 && missed.infected == 0 && missed.postponed == 2 && missed.reason != nil)
        // No scanner at all releases nothing either.
        #expect(try await fixture.useCases(after: 90_000).scan.scanDue() == ScanAttachments.Report())

        let daemon = try await ClamDaemon(in: folder, address: address)
        // Each file waits a minute after the scan that failed.
        #expect(try await fixture.useCases(scanner: scanner).scan.scanDue() == ScanAttachments.Report())
        let report = try await fixture.useCases(scanner: scanner, after: 120).scan.scanDue()
        #expect(report.clean == 1 && report.infected == 1 && report.postponed == 0)
        let released = try #require(try await fixture.store.attachment(clean.id))
        #expect(released.state == .available && AttachmentDelivery(released, as: .download) != nil)
        let refused = try await fixture.store.attachment(marked.id)
        #expect(refused?.state == .infected(finding: "Test.Mark.UNOFFICIAL"))
        #expect(try fixture.files().count == 1)
        #expect(try await fixture.store.usage(of: nil).files == 1)
        daemon.stop()
    }

    @Test("A scanner that accepts and then says nothing is given up after the limit")
    func silent() async throws {
        let folder = try TemporaryFolder()
        // Listens and never accepts: the system completes the connection. It ends with its input, however long
        // this test has to wait for a processor.
        let listener = Process()
        listener.executableURL = URL(filePath: "/usr/bin/python3")
        listener.arguments = [
            "-c",
            "import socket, sys; s = socket.create_server(('127.0.0.1', 0)); "
                + "print(s.getsockname()[1], flush=True); sys.stdin.read()",
        ]
        let input = Pipe()
        let output = Pipe()
        listener.standardInput = input
        listener.standardOutput = output
        try listener.run()
        defer { listener.terminate() }
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        let port = try #require(Int(line.trimmingCharacters(in: .newlines)))
        let file = folder.url.appending(path: "file")
        try Data("x".utf8).write(to: file)
        let scanner = ClamAVScanner(.tcp(host: "127.0.0.1", port: port), limit: .milliseconds(300))
        await #expect(throws: AttachmentsError.scannerUnavailable("no answer within 0.3 seconds")) {
            try await scanner.scan(file)
        }
    }

    @Test("Only the two answers of clamd are verdicts")
    func answers() throws {
        #expect(try ClamAVScanner.verdict("stream: OK") == .clean)
        #expect(try ClamAVScanner.verdict("stream: A.B-1 FOUND") == .infected(finding: "A.B-1"))
        for answer in ["", "OK", "stream: ", "INSTREAM size limit exceeded. ERROR", "stream: OK\n", "xstream: OK"] {
            #expect(throws: AttachmentsError.self) { try ClamAVScanner.verdict(answer) }
        }
    }

    @Test("Addresses of scanners")
    func addresses() throws {
        #expect(try ScannerAddress("unix:/run/clamav/clamd.ctl") == .unix(path: "/run/clamav/clamd.ctl"))
        #expect(try ScannerAddress("tcp:127.0.0.1:3310") == .tcp(host: "127.0.0.1", port: 3_310))
        #expect(try ScannerAddress("tcp:[::1]:3310") == .tcp(host: "::1", port: 3_310))
        for text in ["", "unix:", "unix:run", "tcp:", "tcp:3310", "tcp::3310", "tcp:a:0", "tcp:a:65536", "udp:a:1"] {
            #expect(throws: AttachmentsError.malformedScanner(text)) { try ScannerAddress(text) }
        }
    }
}
