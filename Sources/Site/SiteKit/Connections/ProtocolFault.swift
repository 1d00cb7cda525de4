import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTP1
import NIOHTTPTypesHTTP1

/// A protocol violation or a timeout caused by the client.
///
/// Such faults are answered before routing, in English only, and never logged above debug: otherwise a client could fill the
/// log.
enum ProtocolFault: Error, Equatable {
    /// The input is not an HTTP/1.1 message.
    case malformed
    /// A version of HTTP other than 1.x.
    case unsupportedVersion
    /// RFC 9112 §3.2: exactly one valid Host field.
    case invalidHost
    /// RFC 9112 §6.3: both Content-Length and Transfer-Encoding.
    case conflictingLength
    /// RFC 9112 §6.1: Transfer-Encoding in a version that does not define it.
    case oldTransferEncoding
    /// RFC 9112 §6.1: a transfer coding other than chunked.
    case unsupportedTransferEncoding
    /// CONNECT, which only proxies support.
    case unsupportedMethod
    /// RFC 9110 §10.1.1: an expectation other than 100-continue.
    case unknownExpectation
    /// The request target is longer than `ConnectionSettings.longestTarget`.
    case targetTooLong
    /// The header is larger than the limits.
    case headerTooLarge
    /// The head did not arrive in time.
    case headTimeout
    /// The body did not arrive in time.
    case bodyTimeout
    /// The client stopped sending before the message was complete.
    case incomplete
    /// One address has too many connections.
    case tooManyConnections
    /// All connection slots of the server are taken.
    case noRoom
    /// The connection broke, so there is nobody to answer.
    case connectionLost

    /// Converts an error of the parser; `isInTarget` says whether the oversized part is the request line.
    init(_ error: HTTPParserError, isInTarget: Bool) {
        switch error {
        case .headerOverflow: self = isInTarget ? .targetTooLong : .headerTooLarge
        case .invalidVersion: self = .unsupportedVersion
        case .invalidEOFState: self = .incomplete
        case .unexpectedContentLength: self = .conflictingLength
        default: self = .malformed
        }
    }

    var status: HTTPResponseStatus {
        switch self {
        case .malformed, .invalidHost, .conflictingLength, .oldTransferEncoding, .incomplete, .connectionLost:
            .badRequest
        case .unsupportedVersion: .httpVersionNotSupported
        case .unsupportedTransferEncoding, .unsupportedMethod: .notImplemented
        case .unknownExpectation: .expectationFailed
        case .targetTooLong: .uriTooLong
        case .headerTooLarge: .requestHeaderFieldsTooLarge
        case .headTimeout, .bodyTimeout: .requestTimeout
        case .tooManyConnections: .tooManyRequests
        case .noRoom: .serviceUnavailable
        }
    }

    var detail: String {
        switch self {
        case .malformed: "The request is not a valid HTTP/1.1 message."
        case .unsupportedVersion: "Only HTTP/1.1 and HTTP/1.0 are supported."
        case .invalidHost: "A request needs exactly one Host field with a valid host."
        case .conflictingLength: "A request has one Content-Length or Transfer-Encoding: chunked, not both."
        case .oldTransferEncoding: "HTTP/1.0 does not have Transfer-Encoding; send Content-Length."
        case .unsupportedTransferEncoding: "The only supported transfer coding is chunked."
        case .unsupportedMethod: "The method CONNECT is not supported."
        case .unknownExpectation: "The only supported expectation is 100-continue."
        case .targetTooLong: "The request target is longer than \(ConnectionSettings.longestTarget) bytes."
        case .headerTooLarge:
            "The header is larger than \(ConnectionSettings.largestHeader) bytes, one of its fields larger than "
                + "\(ConnectionSettings.largestField) bytes, or it has more than \(ConnectionSettings.maxFields) fields."
        case .headTimeout: "The header did not arrive in time."
        case .bodyTimeout: "The body did not arrive in time."
        case .incomplete: "The request ended before it was complete."
        case .tooManyConnections: "There are too many connections from this address; close some or reuse them."
        case .noRoom: "The server has no connection left; try again in a moment."
        case .connectionLost: "The connection was lost."
        }
    }

    /// The answer as a problem document (RFC 9457), after which the connection closes.
    var answer: (head: HTTPResponseHead, body: ByteBuffer) {
        var document = JSONWriter()
        document.beginObject()
        document.key("type")
        document.string("about:blank")
        document.key("title")
        document.string(status.reasonPhrase)
        document.key("status")
        document.integer(Int(status.code))
        document.key("detail")
        document.string(detail)
        document.key("errors")
        document.beginArray()
        document.endArray()
        document.endObject()
        let body = document.buffer
        var headers: HTTPHeaders = [
            "content-type": "application/problem+json; charset=utf-8",
            "content-length": String(body.readableBytes),
            "cache-control": "no-store",
            "x-content-type-options": "nosniff",
            "connection": "close",
            "date": Date.now.formatted(Self.date),
        ]
        if self == .tooManyConnections || self == .noRoom { headers.add(name: "retry-after", value: "5") }
        return (HTTPResponseHead(version: .http1_1, status: status, headers: headers), body)
    }

    // RFC 9110 §5.6.7.
    private static var date: Date.VerbatimFormatStyle {
        Date.VerbatimFormatStyle(
            format: """
                \(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \(year: .defaultDigits) \
                \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\(second: .twoDigits) GMT
                """,
            locale: Locale(identifier: "en_US_POSIX"),
            timeZone: .gmt,
            calendar: Calendar(identifier: .gregorian)
        )
    }
}

extension ProtocolFault {
    /// The response for a fault that a route met while reading the body.
    var response: Response {
        let (head, body) = answer
        let headers = HTTPFields(head.headers, splitCookie: false)
        return Response(status: .init(code: Int(head.status.code)), headers: headers, body: .init(byteBuffer: body))
    }
}
