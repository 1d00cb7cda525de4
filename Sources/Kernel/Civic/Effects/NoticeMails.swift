import Foundation

/// The content of a mail, before it is put into words; each domain that sends mails declares a type of its own.
public protocol MailNotice: Sendable, Equatable {
    /// A stable word for the kind of notice, unique in the domain, which begins the key of its mails.
    var word: String { get }
}

/// Puts the notices of a domain into words; the site module of the domain implements it, with its own texts.
public protocol NoticeComposer<Notice>: Sendable {
    /// The notices of the domain.
    associatedtype Notice: MailNotice

    /// Composes the mail of a notice.
    ///
    /// - Parameters:
    ///   - notice: what to tell.
    ///   - language: the language of the mail.
    func message(for notice: Notice, language: Language) -> MailMessage
}

/// Makes the mails of a domain's notices, and notifies the sender that mails were queued.
public struct NoticeMails<Notice: MailNotice>: Sendable {
    /// How duplicates of a mail are recognised.
    public enum Occasion: Sendable {
        /// Mails with the same cause within one minute are one mail, as for a form that was sent twice.
        case minute(of: String)
        /// Every mail is sent.
        case each
    }

    /// Puts notices into words.
    public let composer: any NoticeComposer<Notice>
    private let sealer: ValueSealer
    private let clock: WallClock
    /// Wakes the sender; called once a change that queued mails is stored.
    public let queued: @Sendable () -> Void

    /// Puts the parts together.
    public init(
        composer: any NoticeComposer<Notice>,
        sealer: ValueSealer,
        clock: WallClock,
        queued: @escaping @Sendable () -> Void
    ) {
        (self.composer, self.sealer, self.clock, self.queued) = (composer, sealer, clock, queued)
    }

    /// A mail with a notice, to be queued with the change that causes it (`SideEffects`).
    ///
    /// - Throws: `CivicError.cryptography`.
    public func mail(
        _ notice: Notice,
        to email: EmailAddress,
        in language: Language,
        _ occasion: Occasion = .each
    ) throws(CivicError) -> OutgoingMail {
        OutgoingMail(
            key: try key(of: notice, to: email, occasion),
            recipient: email.deliverable,
            message: composer.message(for: notice, language: language),
            language: language.rawValue
        )
    }

    private func key(of notice: Notice, to email: EmailAddress, _ occasion: Occasion) throws(CivicError) -> String {
        guard case .minute(let cause) = occasion else { return "\(notice.word)-\(SecretToken().text)" }
        let minute = Int(clock.now.timeIntervalSince1970 / 60)
        let hash = try sealer.hash("\(notice.word)/\(email.key)/\(cause)/\(minute)", for: .mail)
        return "\(notice.word)-" + Base64URL.encode(hash)
    }
}
