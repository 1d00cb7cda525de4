/// Why a sign-in with a provider failed; contains neither tokens, codes nor secrets, so that it can be logged.
public enum OpenIDError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The configuration of a provider is unusable.
    case unusableProvider(name: String, reason: String)
    /// An address is neither https nor http on a loopback host.
    case insecureAddress(host: String, purpose: String)
    /// A host was not reached in time.
    case unreachable(host: String, reason: String)
    /// A host answered with a status that does not belong to the protocol.
    case unexpectedStatus(host: String, status: Int)
    /// An answer or a token is longer than the limit, in bytes.
    case tooLarge(what: String, limit: Int)
    /// An answer, a token or the returning query cannot be read.
    case malformed(what: String)
    /// A document, a token or the returning query comes from another issuer than expected.
    case otherIssuer(expected: String, found: String)
    /// The provider does not support what we require.
    case unsupported(String)
    /// The attempt is not of this provider, or the state that came back is not the one that was sent.
    case otherAttempt
    /// The person took longer than an attempt lasts, in seconds.
    case staleAttempt(age: Int)
    /// The person, or the provider, denied the sign-in on the provider's page; the code is the provider's.
    case denied(code: String)
    /// The provider refused our code or token; the error code is the provider's.
    case refused(code: String)
    /// The id_token is signed with an algorithm that is not accepted.
    case disallowedAlgorithm(String)
    /// No published key has the identifier that the id_token names.
    case unknownKey
    /// No published key verifies the signature of the id_token.
    case wrongSignature
    /// A claim of the id_token is missing or wrong.
    case wrongClaim(name: String, reason: String)

    /// The reason, for the operator.
    public var description: String {
        switch self {
        case .unusableProvider(let name, let reason): "the provider \(name) cannot be used: \(reason)"
        case .insecureAddress(let host, let purpose): "the \(purpose) on \(host) must be https"
        case .unreachable(let host, let reason): "\(host) did not answer: \(reason)"
        case .unexpectedStatus(let host, let status): "\(host) answered with status \(status)"
        case .tooLarge(let what, let limit): "the \(what) is longer than \(limit) bytes"
        case .malformed(let what): "the \(what) cannot be read"
        case .otherIssuer(let expected, let found): "the issuer is \(found), not \(expected)"
        case .unsupported(let what): "the provider does not offer \(what)"
        case .otherAttempt: "the state is not the one that was sent"
        case .staleAttempt(let age): "the attempt is \(age) seconds old"
        case .denied(let code): "the provider let nobody in: \(code)"
        case .refused(let code): "the provider refused what we showed: \(code)"
        case .disallowedAlgorithm(let name): "the id_token is signed with \(name), which is not taken"
        case .unknownKey: "the id_token names a key that is not published"
        case .wrongSignature: "no published key made the signature of the id_token"
        case .wrongClaim(let name, let reason): "the claim \(name) of the id_token \(reason)"
        }
    }
}

extension OpenIDError {
    /// A text from outside, shortened and cleaned so that it can be logged: letters, digits and the signs of addresses.
    static func plain(_ text: String) -> String {
        String(
            text.unicodeScalars.prefix(100).map { scalar in
                let isPlain =
                    scalar.isASCII
                    && (scalar.properties.isAlphabetic || "0123456789.-_:/".unicodeScalars.contains(scalar))
                return isPlain ? Character(scalar) : "?"
            }
        )
    }
}
