import Civic
import Foundation

/// The parts that all changes of a password share: the rules, the mail and the audit event.
struct PasswordChange: Sendable {
    let store: any IdentityStore
    let mails: AccountMails
    let audit: AuditTrail
    let clock: WallClock

    /// Why a person cannot take a password; nil when they can.
    func fault(in password: String, of person: Person) -> PasswordFault? {
        PasswordPolicy.fault(in: password, logins: [person.email.text, person.username.text, person.name.text])
    }

    /// The mail and the audit event of a new password.
    ///
    /// - Parameter actor: the owner, when the password was set from the account page; nil when it was set by a mailed link.
    func effects(
        _ person: Person,
        actor: PersonID?,
        _ device: Device,
        _ address: RemoteAddress
    ) async throws -> SideEffects {
        let time = clock.now
        let event = AuditEvent(
            .passwordChanged,
            actor: actor,
            subject: person.id,
            detail: actor == nil ? "link" : "account",
            origin: try audit.origin(address),
            time: time
        )
        // An intruder may have linked a provider of their own, which still lets them in after the password is changed.
        let providers = Set(try await store.identities(of: person.id).map(\.provider)).sorted()
        let notice = AccountNotice.passwordChanged(
            name: person.name,
            device: device,
            time: time,
            providers: providers
        )
        return SideEffects(at: time, mails: [try mails.mail(notice, to: person)], events: [event])
    }
}
