/// What keeps a mail from being written; no case carries personal data.
public enum MailError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A header field would hold a line break, NUL or another control character.
    case unsafeHeader(field: String)
    /// An address is none that can be written to.
    case malformedAddress(field: String)
    /// The address to unsubscribe at is no http(s) address.
    case malformedUnsubscribe
    /// There is no such mail any more, or what it said was blanked.
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
