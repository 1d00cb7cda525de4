/// Why a mail cannot be written; no case carries personal data.
public enum MailError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A header field would contain a line break, NUL or another control character.
    case unsafeHeader(field: String)
    /// An address is not one that can receive mail.
    case malformedAddress(field: String)
    /// The address to unsubscribe at is not an http(s) address.
    case malformedUnsubscribe
    /// The mail no longer exists, or its content was blanked.
    case notKept(Int64)

    /// The reason.
    public var description: String {
        switch self {
        case .unsafeHeader(let field): "\(field) holds a line break or another control character"
        case .malformedAddress(let field): "\(field) is no e-mail address"
        case .malformedUnsubscribe: "the address to unsubscribe at is no http(s) address"
        case .notKept(let id): "mail \(id) is not kept any more"
        }
    }
}
