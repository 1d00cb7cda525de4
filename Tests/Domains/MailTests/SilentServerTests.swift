import Foundation
import Testing

@testable import Mail

@Suite struct SilentServerTests {
    /// A port on which the system accepts connections but nothing ever answers.
    private func withSilentPort(_ body: (Int, _ hangUp: () -> Void) async throws -> Void) async throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        try #require(listener >= 0)
        defer { close(listener) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound: Bool = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                guard bind(listener, generic, length) == 0, listen(listener, 8) == 0 else { return false }
                return getsockname(listener, generic, &length) == 0
            }
        }
        try #require(isBound)
        // Shutting down the listener resets the connections that were not accepted.
        try await body(Int(UInt16(bigEndian: address.sin_port))) { shutdown(listener, Int32(SHUT_RDWR)) }
    }

    @Test("A server that never answers is left after the time limit, for later", .timeLimit(.minutes(10)))
    func silence() async throws {
        try await withSilentPort { port, _ in
            let server = SMTPServer(host: "127.0.0.1", port: port, security: .none, timeLimit: .milliseconds(200))
            let sender = MailSender(from: try Mailbox("a@b.kz"), transport: .smtp(server))
            #expect(await sender.send(InternetMessageTests.queued()) == .later(reason: "Timeout was reached"))
        }
    }

    @Test("Sending that waits for a server holds up nobody else", .timeLimit(.minutes(10)))
    func threads() async throws {
        try await withSilentPort { port, hangUp in
            let server = SMTPServer(host: "127.0.0.1", port: port, security: .none, timeLimit: .seconds(15))
            let sender = MailSender(from: try Mailbox("a@b.kz"), transport: .smtp(server), concurrency: 16)
            await withTaskGroup { group in
                // More tasks than the cooperative pool has threads: if they blocked, the last task would have to wait.
                for _ in 0..<16 {
                    group.addTask {
                        _ = await sender.send(InternetMessageTests.queued())
                        return "sent"
                    }
                }
                group.addTask { "free" }
                #expect(await group.next() == "free")
                hangUp()
            }
        }
    }
}
