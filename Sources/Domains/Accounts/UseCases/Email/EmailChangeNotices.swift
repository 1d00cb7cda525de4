import Civic
import Foundation

/// The mails that changes of an address have in common.
struct EmailChangeNotices: Sendable {
    let mails: AccountMails
    let clock: WallClock
    let settings: AccountSettings

    /// The mails and the audit event of a changed address: the old and the new address are notified.
    func changed(_ person: Person, to email: EmailAddress) throws -> SideEffects {
        let time = clock.now
        let notice = AccountNotice.emailChanged(name: person.name, time: time)
        return SideEffects(
            at: time,
            mails: [try mails.mail(notice, to: person), try mails.mail(notice, to: email, in: person.language)],
            events: [AuditEvent(.emailChanged, actor: person.id, subject: person.id, time: time)]
        )
    }

    /// The mail to the present address with a link that cancels the change, and the token to store for that link.
    ///
    /// - Parameter time: when the change no longer needs the present address.
    func cancellation(
        of change: PendingEmailChange,
        _ person: Person,
        from time: Date
    ) throws -> (mail: OutgoingMail, token: StoredToken) {
        let token = SecretToken()
        let notice = AccountNotice.emailChangeWaived(
            token: token,
            name: person.name,
            newMasked: change.email.masked,
            from: time
        )
        let stored = StoredToken(
            hash: token.hash,
            purpose: .emailCancel,
            person: person.id,
            expires: time.addingTimeInterval(settings.lostMailboxGrace.timeInterval)
        )
        return (try mails.mail(notice, to: person), stored)
    }
}
