import Civic
import Foundation

/// Makes the mails that moves cause, to the applicant by their preference and to the staff.
struct AppealMails: Sendable {
    /// The most people of a body who get a mail about one task.
    static let maxOfBody = 20

    let store: any AppealStore
    let sealer: ValueSealer
    let notices: NoticeMails<AppealNotice>

    /// Who gets the mails of an appeal.
    struct Recipients: Sendable {
        /// The applicant: an address, a language, and whether mails that no law requires are wanted.
        var applicant: (email: EmailAddress, language: Language, wantsMails: Bool)?
        /// The staff with something to do.
        var staff: [AccountMailbox] = []
    }

    /// Wakes the sender; called once a change that queued mails is stored.
    var queued: @Sendable () -> Void { notices.queued }

    /// The recipients of an appeal's mails.
    ///
    /// - Parameters:
    ///   - contact: how the applicant can be reached.
    ///   - owner: the account of the applicant, whose preference counts.
    ///   - language: the language in which the applicant gets mails without an account.
    func applicant(
        _ contact: ApplicantContact?,
        owner: PersonID?,
        language: Language
    ) async throws -> (email: EmailAddress, language: Language, wantsMails: Bool)? {
        let account = try await owner.asyncFlatMap { try await store.mailbox(of: $0) }
        let wantsMails = account?.wantsMails ?? true
        if let email = contact?.email.flatMap({ EmailAddress(stored: $0) }) {
            return (email, account?.language ?? language, wantsMails)
        }
        return account.map { ($0.email, $0.language, wantsMails) }
    }

    /// The recipients of the mails of a stored appeal.
    func recipients(of item: StoredAppeal, after progress: CaseProgress) async throws -> Recipients {
        let appeal = progress.appeal
        var recipients = Recipients()
        if progress.mails.contains(where: { !$0.mail.isForStaff }) {
            let contact = try await store.applicant(of: item.applicantID).map { try sealer.contact(of: $0) }
            recipients.applicant = try await applicant(
                contact,
                owner: appeal.opening.owner,
                language: item.content.language
            )
        }
        if progress.mails.contains(where: \.mail.isForStaff) { recipients.staff = try await staff(of: appeal) }
        return recipients
    }

    /// The staff who have something to do: the executor, the heads for a signature, otherwise the people of the body.
    func staff(of appeal: Appeal) async throws -> [AccountMailbox] {
        if appeal.state != .onSignature, let executor = appeal.executor {
            return try await store.mailbox(of: executor).map { [$0] } ?? []
        }
        return try await appeal.body.asyncFlatMap {
            try await store.mailboxes(of: $0, headsOnly: appeal.state == .onSignature, limit: Self.maxOfBody)
        } ?? []
    }

    /// The mails of moves.
    func mails(
        of progress: CaseProgress,
        _ number: AppealNumber,
        title: String,
        to recipients: Recipients,
        code: ReceiptCode? = nil
    ) throws -> [OutgoingMail] {
        try progress.mails.flatMap { caused -> [OutgoingMail] in
            func notice(_ title: String?, _ code: ReceiptCode?) -> AppealNotice {
                Self.notice(caused.mail, progress.appeal, number, title: title, progress.term, caused.entry, code)
            }
            if caused.mail.isForStaff {
                return try recipients.staff.filter(\.wantsMails).map {
                    try notices.mail(notice(nil, nil), to: $0.email, in: $0.language)
                }
            }
            guard let applicant = recipients.applicant, applicant.wantsMails || caused.mail.isLegalNotice else {
                return []
            }
            return [try notices.mail(notice(title, code), to: applicant.email, in: applicant.language)]
        }
    }

    /// A notice about an appeal as it is now.
    static func notice(
        _ mail: AppealMail,
        _ appeal: Appeal,
        _ number: AppealNumber,
        title: String?,
        _ term: AppealTerm?,
        _ entry: HistoryEntry?,
        _ code: ReceiptCode? = nil
    ) -> AppealNotice {
        AppealNotice(
            mail: mail,
            number: number,
            title: title,
            regime: appeal.opening.regime,
            state: appeal.state.shown,
            body: appeal.body,
            term: term,
            entry: entry,
            code: code
        )
    }
}

extension Optional where Wrapped: Sendable {
    /// The result of an asynchronous function of the value, if there is one.
    func asyncFlatMap<Result>(_ transform: (Wrapped) async throws -> Result?) async rethrows -> Result? {
        guard let self else { return nil }
        return try await transform(self)
    }
}
