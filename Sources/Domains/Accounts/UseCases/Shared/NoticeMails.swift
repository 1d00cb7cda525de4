import Civic
import Foundation

/// Makes the mails of notices, and tells the sender that mails were queued.
struct NoticeMails: Sendable {
    /// How duplicates of a mail are recognised.
    enum Occasion {
        /// Mails with the same cause within one minute are one mail, as for a form that was sent twice.
        case minute(of: String)
        /// Every mail is sent.
        case each
    }

    let composer: any NoticeComposer
    let sealer: ValueSealer
    let clock: WallClock
    /// Wakes the sender; called once a change that queued mails is stored.
    let queued: @Sendable () -> Void

    /// A mail with a notice.
    func mail(
        _ notice: AccountNotice,
        to email: EmailAddress,
        in language: Language,
        _ occasion: Occasion = .each
    ) throws -> OutgoingMail {
        OutgoingMail(
            key: try key(of: notice, to: email, occasion),
            recipient: email.deliverable,
            message: composer.message(for: notice, language: language),
            language: language.rawValue
        )
    }

    /// A mail to a person about their account.
    func mail(_ notice: AccountNotice, to person: Person) throws -> OutgoingMail {
        try mail(notice, to: person.email, in: person.language)
    }

    /// Does the work of composing a mail that is not sent, so that the response time does not reveal who has an account.
    func composeUnsent(expires: Date) {
        _ = composer.message(for: .humanCode(code: "", expires: expires), language: .kk)
    }

    private func key(of notice: AccountNotice, to email: EmailAddress, _ occasion: Occasion) throws -> String {
        guard case .minute(let cause) = occasion else { return "\(notice.word)-\(SecretToken().text)" }
        let minute = Int(clock.now.timeIntervalSince1970 / 60)
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
