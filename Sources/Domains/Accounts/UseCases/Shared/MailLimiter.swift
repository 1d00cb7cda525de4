import Civic

/// Limits the mails that strangers can cause, by typing somebody's address into a form.
struct MailLimiter: Sendable {
    /// The kinds of mail that are counted apart from each other.
    enum Kind: String {
        case activation
        case alreadyRegistered
        case reset
        case code
        case emailChange
        case link
        case erasure
    }

    let quotas: QuotaCounter
    let limits: AccountLimits

    /// Whether a request from an address may cause another mail to a recipient.
    func mayMail(_ kind: Kind, _ email: EmailAddress, from address: RemoteAddress) async throws -> Bool {
        try await mayMail(kind, key: email.key, from: address)
    }

    /// Whether a request from an address may cause another mail to a recipient.
    ///
    /// - Parameter key: the key of the recipient's address; without a recipient a key that stands for what was typed.
    func mayMail(_ kind: Kind, key: String, from address: RemoteAddress) async throws -> Bool {
        let isCode = kind == .code
        let what = "mail/\(kind.rawValue)/\(key)"
        let wait = try await quotas.wait([
            (
                "\(what)/\(address.key)",
                isCode ? limits.codesPerRecipientAndAddress : limits.mailsPerRecipientAndAddress
            ),
            (what, isCode ? limits.codesPerRecipient : limits.mailsPerRecipient),
        ])
        return wait == nil
    }
}

/// The outcome of a request that is limited for each address.
public enum RequestOutcome: Sendable, Equatable {
    /// Accepted. The page must say the same in every case; only the mail reveals whether the address was known.
    case accepted
    /// Too many requests from this address. The value is the number of seconds to wait.
    case wait(seconds: Int)
}
