package import HTTPTypes
package import Hummingbird

/// An error response in the sense of RFC 9457; its texts come from the language files.
package enum Problem: Error, Sendable {
    /// The request is malformed or has unknown parameters.
    case badRequest([FieldError])
    /// The request is well-formed, but its values are not acceptable.
    case unprocessable([FieldError])
    /// Nothing exists at this address.
    case notFound
    /// The address exists, but not with this method.
    case methodNotAllowed(allowed: String)
    /// The body is larger than the limit, bytes.
    case tooLarge(limit: Int)
    /// The body has an unsupported media type.
    case unsupportedMediaType(expected: String)
    /// The client must authenticate; the value is sent in `WWW-Authenticate`.
    case unauthorized(scheme: String)
    /// The client may not do this.
    case forbidden
    /// Too many requests. The value is the number of seconds to wait.
    case tooMany(seconds: Int)
    /// The server is overloaded; a later try may succeed.
    case busy
    /// Changes cannot be saved; the code names the reason.
    case unwritable(code: String)
    /// The city is not loaded yet.
    case notReady
    /// An internal error; the log has its details under this id.
    case internalError(id: String)

    /// A bad request of which one field is wrong.
    package static func badRequest(_ field: String, _ code: String, _ arguments: [String: String] = [:]) -> Problem {
        .badRequest([FieldError(field, code, arguments)])
    }

    /// The status of the response.
    package var status: HTTPResponse.Status {
        switch self {
        case .badRequest: .badRequest
        case .unprocessable: .unprocessableContent
        case .notFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .tooLarge: .contentTooLarge
        case .unsupportedMediaType: .unsupportedMediaType
        case .unauthorized: .unauthorized
        case .forbidden: .forbidden
        case .tooMany: .tooManyRequests
        case .notReady, .busy, .unwritable: .serviceUnavailable
        case .internalError: .internalServerError
        }
    }

    /// When to try again, seconds; nil when trying again does not help.
    package var retryAfter: Int? {
        switch self {
        case .tooMany(let seconds): seconds
        case .busy: 10
        case .unwritable: 60
        case .notReady: 2
        default: nil
        }
    }

    /// The fields that are wrong; empty for problems of the whole request.
    package var faults: [FieldError] {
        switch self {
        case .badRequest(let faults), .unprocessable(let faults): faults
        case .unwritable(let code): [FieldError("database", code)]
        default: []
        }
    }

    /// The stem of its text keys: `problem_<key>_title` and `problem_<key>_detail`.
    package var key: String {
        switch self {
        case .badRequest: "bad_request"
        case .unprocessable: "unprocessable"
        case .notFound: "not_found"
        case .methodNotAllowed: "method_not_allowed"
        case .tooLarge: "too_large"
        case .unsupportedMediaType: "unsupported_media_type"
        case .unauthorized: "unauthorized"
        case .forbidden: "forbidden"
        case .tooMany: "too_many"
        case .busy: "busy"
        case .unwritable: "unwritable"
        case .notReady: "not_ready"
        case .internalError: "internal_error"
        }
    }

    /// The values for the placeholders of the message.
    package var arguments: [String: String] {
        switch self {
        case .methodNotAllowed(let allowed): ["allowed": allowed]
        case .tooLarge(let limit): ["limit": String(limit)]
        case .unsupportedMediaType(let expected): ["expected": expected]
        case .tooMany(let seconds): ["n": String(seconds)]
        case .internalError(let id): ["id": id]
        default: [:]
        }
    }
}

/// An error of a domain that has an answer of its own.
package protocol ProblemConvertible: Error {
    /// The answer; nil when the error is an internal one.
    var problem: Problem? { get }
}

/// An error of one field of a request.
package struct FieldError: Sendable, Equatable {
    /// The parameter or body member.
    package let field: String
    /// A stable code, also the suffix of its text key: `fault_<code>`.
    package let code: String
    /// Values for the placeholders of the text.
    package let arguments: [String: String]

    /// Makes an error of a field, its code and the values for the placeholders of the message.
    package init(_ field: String, _ code: String, _ arguments: [String: String] = [:]) {
        self.field = field
        self.code = code
        self.arguments = arguments.merging(["field": field]) { own, _ in own }
    }
}

extension Request {
    /// Refuses every query parameter, for calls that have none.
    ///
    /// - Throws: `Problem.badRequest` naming each.
    package func requireNoQuery() throws(Problem) {
        let names = (uri.query ?? "").split(separator: "&").map { $0.prefix { $0 != "=" } }
        guard names.isEmpty else {
            throw .badRequest(names.map { FieldError(String($0.prefix(40)), "unknown_parameter", ["allowed": ""]) })
        }
    }
}
