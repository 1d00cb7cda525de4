import Civic
import Foundation

/// How duplicates of a mail are recognised.
enum MailOccasion {
    /// The same cause within a minute is one mail, as for a form that was sent twice.
    case minute(of: String)
    /// Every occasion is a mail of its own.
    case each
}

/// The limit that a mail which strangers can trigger counts against; each kind has its own.
enum MailKind: String {
    case activation
    case alreadyRegistered
    case reset
    case code
    case emailChange
    case link
    case erasure
}

extension AccountService {
    /// The mails and audit events of a change made now.
    func sideEffects(mails: [OutgoingMail] = [], events: [AuditEvent] = []) -> SideEffects {
        SideEffects(at: now(), mails: mails, events: events)
    }

    /// A mail with a notice.
    func mail(
        _ notice: AccountNotice,
        to email: EmailAddress,
        in language: Language,
        _ occasion: MailOccasion = .each
    ) throws -> OutgoingMail {
        OutgoingMail(
            key: try key(of: notice, to: email, occasion),
            recipient: email.deliverable,
            message: composer.message(for: notice, language: language),
            language: language.rawValue
        )
    }

    /// A mail about a person's account, to the person.
    func mail(_ notice: AccountNotice, to person: Person) throws -> OutgoingMail {
        try mail(notice, to: person.email, in: person.language)
    }

    /// Whether a stranger at an address may cause another mail to a recipient; beyond the limits none goes out.
    func mayMail(_ kind: MailKind, _ email: EmailAddress, from address: RemoteAddress) async throws -> Bool {
        try await mayMail(kind, key: email.key, from: address)
    }

    /// The same by the key of an address.
    func mayMail(_ kind: MailKind, key: String, from address: RemoteAddress) async throws -> Bool {
        let limits = settings.limits
        let isCode = kind == .code
        let what = "mail/\(kind.rawValue)/\(key)"
        let free = try await store.charge(
            [
                try charge(
                    "\(what)/\(address.key)",
                    isCode ? limits.codesPerRecipientAndAddress : limits.mailsPerRecipientAndAddress
                ),
                try charge(what, isCode ? limits.codesPerRecipient : limits.mailsPerRecipient),
            ],
            at: now()
        )
        return free == nil
    }

    /// Counts a request from an address; how many seconds to wait when there were too many.
    func wait(_ what: String, _ quota: Quota, from address: RemoteAddress) async throws -> Int? {
        let time = now()
        var charges = [try charge("\(what)/\(address.key)", quota)]
        if let site = address.siteKey {
            let wider = Quota(quota.count * AccountLimits.networksOfSite, per: quota.span)
            charges.append(try charge("\(what)/\(site)", wider))
        }
        let free = try await store.charge(charges, at: time)
        return free.map { Self.seconds(from: time, to: $0) }
    }

    func charge(_ what: String, _ quota: Quota) throws -> QuotaCharge {
        QuotaCharge(key: try sealer.hash("quota/" + what, for: .throttle), quota: quota)
    }

    /// Where an event came from, without saying where.
    func origin(_ address: RemoteAddress) throws -> Data { try sealer.hash(address.key, for: .origin) }

    static func seconds(from start: Date, to end: Date) -> Int {
        max(1, Int(end.timeIntervalSince(start).rounded(.up)))
    }

    func expiry(_ lifetime: Duration) -> Date { now().addingTimeInterval(lifetime.timeInterval) }

    private func key(of notice: AccountNotice, to email: EmailAddress, _ occasion: MailOccasion) throws -> String {
        guard case .minute(let cause) = occasion else { return "\(notice.word)-\(SecretToken().text)" }
        let minute = Int(now().timeIntervalSince1970 / 60)
        let hash = try sealer.hash("\(notice.word)/\(email.key)/\(cause)/\(minute)", for: .mail)
        return "\(notice.word)-" + Base64URL.encode(hash)
    }
}

extension AccountNotice {
    /// A word for the key of a mail.
    fileprivate var word: String {
        switch self {
        case .activation: "activation"
        case .alreadyRegistered: "already-registered"
        case .passwordReset: "password-reset"
        case .passwordChanged: "password-changed"
        case .newDevice: "new-device"
        case .emailChangeOld: "email-change-old"
        case .emailChangeNew: "email-change-new"
        case .emailChangeWaived: "email-change-waived"
        case .emailChanged: "email-changed"
        case .invitation: "invitation"
        case .humanCode: "code"
        case .erasureConfirmation: "erasure"
        case .accountErased: "erased"
        case .identityLinked: "identity-linked"
        case .identityConfirmation: "identity-confirmation"
        case .secondFactorChanged: "second-factor"
        case .recoveryCodeUsed: "recovery-code"
        case .recoveryCodesRenewed: "recovery-codes"
        case .roleChanged: "role"
        }
    }
}

extension Duration {
    /// Seconds, for dates.
    var timeInterval: Double { self / .seconds(1) }
}
