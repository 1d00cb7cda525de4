/// Why a response could not be verified; contains neither secrets nor responses, so that it can be logged.
public enum CaptchaError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The store of used challenges failed; the text is the kind of the failure.
    case storeFailed(String)
    /// A proof of work cannot be made with such a number or lifetime.
    case unusableSetting(String)
    /// The service was not reached in time.
    case unreachable(host: String, reason: String)
    /// The service answered with another status than 200.
    case unexpectedStatus(host: String, status: Int)
    /// The answer of the service is longer than the limit, in bytes.
    case tooLarge(host: String, limit: Int)
    /// The answer of the service is not the documented JSON.
    case malformedAnswer(host: String)
    /// The service refused the request itself: a wrong secret, or an internal error.
    case refused(host: String, codes: [String])
    /// The captcha was solved on a page of another host.
    case otherHostname(expected: String, found: String)

    /// The reason, for the operator.
    public var description: String {
        switch self {
        case .storeFailed(let kind): "the store of used challenges failed: \(kind)"
        case .unusableSetting(let detail): "the captcha cannot be set so: \(detail)"
        case .unreachable(let host, let reason): "\(host) did not answer: \(reason)"
        case .unexpectedStatus(let host, let status): "\(host) answered with status \(status)"
        case .tooLarge(let host, let limit): "\(host) answered with more than \(limit) bytes"
        case .malformedAnswer(let host): "\(host) did not answer with the expected JSON"
        case .refused(let host, let codes): "\(host) did not judge: \(codes.joined(separator: ", "))"
        case .otherHostname(let expected, let found): "the captcha was solved on \(found), not on \(expected)"
        }
    }
}
