import NIOHTTP1
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct RequestFramingTests {
    private func framing(
        _ headers: HTTPHeaders,
        version: HTTPVersion = .http1_1,
        uri: String = "/"
    ) throws(ProtocolFault) -> RequestFraming {
        try RequestFraming(HTTPRequestHead(version: version, method: .POST, uri: uri, headers: headers))
    }

    @Test func lengthAndChunks() throws {
        #expect(try framing(["Host": "a"]).length == 0)
        #expect(try framing(["Host": "a", "content-LENGTH": "12"]).length == 12)
        #expect(try framing(["Host": "a", "Transfer-Encoding": "Chunked"]).length == nil)
        #expect(try framing(["Host": "a", "Expect": "100-Continue", "Content-Length": "1"]).expectsContinue)
        #expect(try !framing(["Host": "a", "Expect": "100-continue"]).expectsContinue)
        #expect(try framing(["Expect": "anything"], version: .http1_0).isOld)
        #expect(try framing(["Host": "a", "Upgrade": "h2c"]).closes)
    }

    @Test func faults() {
        let cases: [(HTTPHeaders, ProtocolFault)] = [
            ([:], .invalidHost), (["Host": ""], .invalidHost), (["Host": "a", "HOST": "a"], .invalidHost),
            (["Host": "a b"], .invalidHost), (["Host": "http://a"], .invalidHost),
            (["Host": "a", "Transfer-Encoding": "gzip, chunked"], .unsupportedTransferEncoding),
            (["Host": "a", "Transfer-Encoding": "gzip", "transfer-encoding": "chunked"], .unsupportedTransferEncoding),
            (["Host": "a", "Transfer-Encoding": "identity"], .unsupportedTransferEncoding),
            (["Host": "a", "Transfer-Encoding": "chunked", "Content-Length": "3"], .conflictingLength),
            (["Host": "a", "Content-Length": "3", "content-length": "3"], .conflictingLength),
            (["Host": "a", "Expect": "200-ok"], .unknownExpectation),
        ]
        for (headers, fault) in cases {
            #expect(throws: fault) { try framing(headers) }
        }
        #expect(throws: ProtocolFault.oldTransferEncoding) {
            try framing(["Transfer-Encoding": "chunked"], version: .http1_0)
        }
        #expect(throws: ProtocolFault.targetTooLong) {
            try framing(["Host": "a"], uri: "/" + String(repeating: "a", count: 8_000))
        }
        #expect(throws: Never.self) { try framing(["Host": "a"], uri: "/" + String(repeating: "a", count: 7_999)) }
    }

    @Test("A process that may open few files accepts few connections")
    func descriptors() {
        #expect(ConnectionSettings.usual(descriptors: 1_048_576) == 4_096)
        #expect(ConnectionSettings.usual(descriptors: 1_024) == 896)
        #expect(ConnectionSettings.usual(descriptors: 256) == 192)
        #expect(ConnectionSettings.usual(descriptors: 64) == 16)
    }
}
