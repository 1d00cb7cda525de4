public import Civic

/// What a mail about an appeal says; the composer puts it into words.
public struct AppealNotice: MailNotice {
    /// Which mail.
    public let mail: AppealMail
    /// The number.
    public let number: AppealNumber
    /// The title; nil in mails to the staff, which name no more than the number.
    public let title: String?
    /// The regime.
    public let regime: AppealRegime
    /// The state, as citizens see it.
    public let state: AppealState
    /// The body that has it.
    public let body: AppealBody.ID?
    /// The term.
    public let term: AppealTerm?
    /// The move that caused the mail; nil when none did, such as for a message.
    public let entry: HistoryEntry?
    /// The code of the receipt, in the first mail only.
    public let code: ReceiptCode?

    /// Describes a mail.
    public init(
        mail: AppealMail,
        number: AppealNumber,
        title: String?,
        regime: AppealRegime,
        state: AppealState,
        body: AppealBody.ID?,
        term: AppealTerm?,
        entry: HistoryEntry?,
        code: ReceiptCode?
    ) {
        (self.mail, self.number, self.title, self.regime) = (mail, number, title, regime)
        (self.state, self.body, self.term, self.entry, self.code) = (state, body, term, entry, code)
    }

    /// A word for the key of a mail.
    public var word: String { "appeal-" + mail.rawValue.replacing("_", with: "-") }
}
