import HTTPTypes

/// What is wrong with a request, in the terms of RFC 9457; the words come from the language files.
enum Problem: Error, Sendable {
    /// One fault of one field.
    struct Fault: Sendable, Equatable {
        /// The parameter or body member.
        let field: String
        /// A stable code, also the key of its words: `fault_<code>`.
        let code: String
        /// What to put into the words.
        let arguments: [String: String]

        init(_ field: String, _ code: String, _ arguments: [String: String] = [:]) {
            self.field = field
            self.code = code
            self.arguments = arguments.merging(["field": field]) { own, _ in own }
        }
    }

    /// Malformed, or with parameters that do not exist.
    case badRequest([Fault])
    /// Understood, but the values cannot be.
    case unprocessable([Fault])
    /// There is nothing at this address.
    case notFound
    /// The address exists, this method does not.
    case methodNotAllowed(allowed: String)
    /// The body is larger than the limit, bytes.
    case tooLarge(limit: Int)
    /// The body is of a type that is not understood.
    case unsupportedMediaType(expected: String)
    /// The client must authenticate; the value goes into `WWW-Authenticate`.
    case unauthorized(scheme: String)
    /// The one who asks may not do this.
    case forbidden
    /// Too many requests; the next may come after so many seconds.
    case tooMany(seconds: Int)
    /// Too much is being done already; a later try may succeed.
    case busy
    /// Changes cannot be saved; the code says which kind of reason it is.
    case unwritable(code: String)
    /// The city is not loaded yet.
    case notReady
    /// A fault of ours; what it was stands in the log under this id.
    case internalError(id: String)

    static func badRequest(_ field: String, _ code: String, _ arguments: [String: String] = [:]) -> Problem {
        .badRequest([Fault(field, code, arguments)])
    }

    var status: HTTPResponse.Status {
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
    var retryAfter: Int? {
        switch self {
        case .tooMany(let seconds): seconds
        case .busy: 10
        case .unwritable: 60
        case .notReady: 2
        default: nil
        }
    }

    var faults: [Fault] {
        switch self {
        case .badRequest(let faults), .unprocessable(let faults): faults
        case .unwritable(let code): [Fault("database", code)]
        default: []
        }
    }

    /// The stem of the keys of its words: `problem_<key>_title` and `problem_<key>_detail`.
    var key: String {
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

    var arguments: [String: String] {
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
