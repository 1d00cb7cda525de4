import Civic
import Foundation

/// The mail and the audit event of a second factor that was put in force or given up.
struct SecondFactorChange: Sendable {
    let mails: AccountMails
    let clock: WallClock

    /// The side effects of the change.
    ///
    /// - Parameter actor: the owner; nil for the operator's console.
    func effects(
        _ person: Person,
        isOn: Bool,
        actor: PersonID?,
        detail: String? = nil,
        origin: Data? = nil
    ) throws -> SideEffects {
        let time = clock.now
        let event = AuditEvent(
            isOn ? .secondFactorEnabled : .secondFactorDisabled,
            actor: actor,
            subject: person.id,
            detail: detail,
            origin: origin,
            time: time
        )
        let notice = AccountNotice.secondFactorChanged(isOn: isOn, name: person.name, time: time)
        return SideEffects(at: time, mails: [try mails.mail(notice, to: person)], events: [event])
    }
}
