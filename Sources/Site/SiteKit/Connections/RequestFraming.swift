import NIOCore
import NIOHTTP1

/// What the head of a request says about its body and its connection (RFC 9112 §3.2, §6 and §9).
struct RequestFraming: Equatable {
    /// Whether the client speaks HTTP/1.0, which has no chunked coding.
    var isOld = false
    /// Whether the connection closes after the answer.
    var closes = false
    /// Whether the client waits for `100 Continue` before it sends the body.
    var expectsContinue = false
    /// The length of the body, bytes; nil when it comes in chunks.
    var length: Int? = 0

    /// Reads and checks a head.
    ///
    /// - Throws: `ProtocolFault` for a head that must not reach a route.
    init(_ head: HTTPRequestHead) throws(ProtocolFault) {
        guard head.version.major == 1 else { throw .unsupportedVersion }
        guard head.method != .CONNECT else { throw .unsupportedMethod }
        // RFC 9112 §3.2.4: the asterisk form is only allowed with OPTIONS.
        guard head.uri != "*" || head.method == .OPTIONS else { throw .malformed }
        guard head.uri.utf8.count <= ConnectionSettings.longestTarget else { throw .targetTooLong }
        isOld = head.version.minor == 0
        closes = !head.isKeepAlive
        var hosts = 0
        var transferEncoding: String?
        var contentLength: String?
        // Go through the fields once: each lookup by name would scan all of them.
        for (name, value) in head.headers {
            switch name.utf8.count {
            case 4 where name.isField("host"):
                hosts += 1
                guard Self.isHost(value) else { throw .invalidHost }
            case 6 where name.isField("expect") && !isOld:
                guard value.isField("100-continue") else { throw .unknownExpectation }
                expectsContinue = true
            case 7 where name.isField("upgrade"):
                // The parser stops after a request to upgrade the protocol, and we support no upgrade.
                closes = true
            case 14 where name.isField("content-length"):
                guard contentLength == nil else { throw .conflictingLength }
                contentLength = value
            case 17 where name.isField("transfer-encoding"):
                // Reject several codings the same way whether they come in one field or in many.
                transferEncoding = transferEncoding.map { $0 + "," + value } ?? value
            default: break
            }
        }
        guard hosts == 1 || hosts == 0 && isOld else { throw .invalidHost }
        if let transferEncoding {
            guard !isOld else { throw .oldTransferEncoding }
            guard contentLength == nil else { throw .conflictingLength }
            guard transferEncoding.isField("chunked") else { throw .unsupportedTransferEncoding }
            length = nil
        } else if let contentLength {
            guard let length = Int(contentLength) else { throw .malformed }
            self.length = length
        }
        // Without a body there is nothing to continue with.
        if length == 0 { expectsContinue = false }
    }

    // RFC 9110 §4.2.1: an empty host is invalid. Apart from that only the allowed characters of the name are checked.
    private static func isHost(_ value: String) -> Bool {
        !value.isEmpty && value.utf8.count <= 300
            && value.utf8.allSatisfy { sign in
                switch sign {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "-._~!$&'()*+;=%:[]".utf8.contains(sign)
                }
            }
    }
}

extension String {
    /// Whether this equals a lower-case ASCII text, ignoring case.
    fileprivate func isField(_ lowercased: StaticString) -> Bool {
        var text = self
        return text.withUTF8 { own in
            own.count == lowercased.utf8CodeUnitCount
                && own.indices.allSatisfy { index in
                    let sign = own[index]
                    let isCapital = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(sign)
                    return (isCapital ? sign | 0x20 : sign) == lowercased.utf8Start[index]
                }
        }
    }
}
