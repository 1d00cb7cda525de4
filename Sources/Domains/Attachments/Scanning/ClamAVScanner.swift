public import Foundation
import NIOCore
public import NIOPosix

/// Scans files with clamd, which is sent their content (`INSTREAM`), so that it needs no access to our folders.
///
/// Source: clamd(8), section COMMANDS.
public struct ClamAVScanner: VirusScanner {
    /// The longest answer, bytes.
    private static let longestAnswer = 4_096

    private let address: ScannerAddress
    private let limit: Duration
    private let threads: NIOThreadPool

    /// - Parameters:
    ///   - address: where clamd listens.
    ///   - limit: the time for one scan, with connecting.
    public init(_ address: ScannerAddress, limit: Duration, threads: NIOThreadPool = .singleton) {
        (self.address, self.limit, self.threads) = (address, limit, threads)
    }

    /// Scans a file.
    public func scan(_ file: URL) async throws -> ScanVerdict {
        do {
            guard let answer = try await within(limit, { try await ask(file) }) else {
                throw AttachmentsError.scannerUnavailable("no answer within \(limit)")
            }
            return try Self.verdict(answer)
        } catch let error as AttachmentsError {
            throw error
        } catch let error as CancellationError {
            throw error
        } catch {
            throw AttachmentsError.scannerUnavailable("\(error)")
        }
    }

    private func ask(_ url: URL) async throws -> String {
        let file = try await threads.runIfActive { try OpenFile(url) }
        let channel = try await connect()
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: "zINSTREAM\0"))
            var position = 0
            while case let chunk = try await bytes(of: file, at: position), !chunk.isEmpty {
                var buffer = ByteBuffer(integer: UInt32(chunk.count))
                buffer.writeBytes(chunk)
                try await outbound.write(buffer)
                position += chunk.count
            }
            try await outbound.write(ByteBuffer(integer: UInt32(0)))
            var answer: [UInt8] = []
            for try await part in inbound {
                answer += part.readableBytesView
                if answer.contains(0) || answer.count > Self.longestAnswer { break }
            }
            return String(decoding: answer.prefix { $0 != 0 }, as: UTF8.self)
        }
    }

    private func bytes(of file: OpenFile, at position: Int) async throws -> [UInt8] {
        try await threads.runIfActive { try file.bytes(at: position, count: OpenFile.chunk) }
    }

    private func connect() async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.nanoseconds(Int64(limit / .nanoseconds(1))))
        let setUp: @Sendable (any Channel) -> EventLoopFuture<NIOAsyncChannel<ByteBuffer, ByteBuffer>> = { channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
            }
        }
        switch address {
        case .unix(let path): return try await bootstrap.connect(unixDomainSocketPath: path, channelInitializer: setUp)
        case .tcp(let host, let port):
            return try await bootstrap.connect(host: host, port: port, channelInitializer: setUp)
        }
    }

    /// Reads `stream: OK`, `stream: NAME FOUND`; anything else is no verdict.
    static func verdict(_ answer: String) throws(AttachmentsError) -> ScanVerdict {
        let start = "stream: "
        if answer == start + "OK" { return .clean }
        if answer.hasPrefix(start), answer.hasSuffix(" FOUND") {
            let name = answer.dropFirst(start.count).dropLast(" FOUND".count)
            return .infected(finding: String(name.prefix(200)))
        }
        throw .scannerUnavailable(answer.isEmpty ? "the connection was closed" : String(answer.prefix(200)))
    }
}
