import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct CompressionTests {
    /// The bytes decompressed by `gzip -dc`, an independent implementation.
    private func unpack(_ buffer: ByteBuffer) throws -> Data {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString + ".gz")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(buffer.readableBytesView).write(to: file)
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", file.path]
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return data
    }

    @Test(arguments: ["/ru/directory", "/api/v1/districts?lang=ru"])
    func theSameBytesArrive(uri: String) async throws {
        try await TestPortal.test { (client, _) async throws in
            let plain = try await client.execute(uri: uri, method: .get) { $0 }
            #expect(plain.headers[.contentEncoding] == nil)
            let packed = try await client.execute(uri: uri, method: .get, headers: [.acceptEncoding: "br, gzip"]) { $0 }
            #expect(packed.headers[.contentEncoding] == "gzip")
            #expect(packed.headers[.vary]?.contains("Accept-Encoding") == true)
            #expect(packed.body.readableBytes < plain.body.readableBytes)
            #expect(try unpack(packed.body) == Data(plain.body.readableBytesView))
        }
    }

    @Test(
        "HEAD has the headers of GET (RFC 9110 §9.3.2), compressed or not, and no body",
        arguments: ["/ru/directory", "/api/v1/districts?lang=ru", "/api/v1/nothing", "/ru/nothing", "/healthz"]
    )
    func head(uri: String) async throws {
        try await TestPortal.test { (client, _) async throws in
            for headers in [HTTPFields(), [.acceptEncoding: "gzip"]] as [HTTPFields] {
                let whole = try await client.execute(uri: uri, method: .get, headers: headers) { $0 }
                let head = try await client.execute(uri: uri, method: .head, headers: headers) { $0 }
                #expect(head.status == whole.status)
                #expect(head.body.readableBytes == 0)
                for name in [HTTPField.Name.eTag, .vary, .contentEncoding, .contentType, .cacheControl] {
                    #expect(head.headers[name] == whole.headers[name], "\(name)")
                }
                if let length = head.headers[.contentLength] { #expect(length == String(whole.body.readableBytes)) }
                guard let tag = whole.headers[.eTag] else { continue }
                let known = headers.with(.ifNoneMatch, tag)
                let again = try await client.execute(uri: uri, method: .head, headers: known) { $0 }
                #expect(again.status == .notModified)
            }
        }
    }

    @Test("The compressed response has a tag of its own, which is recognised")
    func tags() async throws {
        try await TestPortal.test { (client, _) async throws in
            let headers: HTTPFields = [.acceptEncoding: "gzip"]
            let first = try await client.execute(uri: "/api/v1/districts", method: .get, headers: headers) { $0 }
            let tag = try #require(first.headers[.eTag])
            #expect(tag.hasSuffix("-gzip\""))
            let again = try await client.execute(
                uri: "/api/v1/districts",
                method: .get,
                headers: [.acceptEncoding: "gzip", .ifNoneMatch: tag]
            ) { $0 }
            #expect(again.status == .notModified)
            #expect(again.headers[.eTag] == tag)
        }
    }

    @Test func smallAnswersStayPlain() async throws {
        try await TestPortal.test { (client, _) async throws in
            let answer = try await client.execute(
                uri: "/healthz",
                method: .get,
                headers: [.acceptEncoding: "gzip"]
            ) { $0 }
            #expect(answer.headers[.contentEncoding] == nil)
        }
    }
}

extension HTTPFields {
    fileprivate func with(_ name: HTTPField.Name, _ value: String) -> HTTPFields {
        var fields = self
        fields[name] = value
        return fields
    }
}
