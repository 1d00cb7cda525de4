import Civic
import Foundation

/// The mails of accounts.
typealias AccountMails = NoticeMails<AccountNotice>

extension NoticeMails<AccountNotice> {
    /// A mail to a person about their account.
    func mail(_ notice: AccountNotice, to person: Person) throws -> OutgoingMail {
        try mail(notice, to: person.email, in: person.language)
    }

    /// Does the work of composing a mail that is not sent, so that the response time does not reveal who has an account.
    func composeUnsent(expires: Date) {
        _ = composer.message(for: .humanCode(code: "", expires: expires), language: .kk)
    }
}
