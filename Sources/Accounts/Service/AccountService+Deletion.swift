import Foundation
import Mail

extension AccountService {
    /// What an erasure would do, to be told first; nil when the person is gone.
    public func erasurePreview(of id: PersonID) async throws -> ErasurePreview? {
        guard let data = try await store.personalData(of: id, at: now()) else { return nil }
        let counts = [
            ("profile", 1), ("phone", data.details.phone == nil ? 0 : 1), ("iin", data.details.iin == nil ? 0 : 1),
            ("consents", data.consents.count), ("sessions", data.sessions.count),
            ("identities", data.identities.count), ("second_factor", data.secondFactor == nil ? 0 : 1),
            ("email_change", data.emailChange == nil ? 0 : 1), ("former_emails", data.formerEmails.count),
            ("mails", data.mails.count),
        ]
        return ErasurePreview(
            erased: counts.filter { $0.1 > 0 }.map { ErasurePreview.Item(subject: $0.0, count: $0.1) },
            kept: [ErasurePreview.Kept(subject: "audit", count: data.events.count, reason: "audit")]
        )
    }

    /// Erases an account, once its owner has proved to be it.
    ///
    /// What stays on record names a number and nobody.
    public func erase(_ who: SignedIn, password: String?, from address: RemoteAddress) async throws -> ErasureOutcome {
        let proof = try await prove(who, password: password, from: address)
        guard proof == .proved else { return .refused(proof) }
        guard let data = try await store.personalData(of: who.person, at: now()) else {
            throw AccountsError.noSuchPerson
        }
        let person = data.person
        let event = AuditEvent(.accountErased, actor: who.person, subject: who.person, time: now())
        let mail = try mail(.accountErased(time: now()), to: person)
        let isDone = try await store.erase(who.person, with: consequences(mails: [mail], events: [event]))
        guard isDone else { return .lastAdministrator }
        let earlier = data.formerEmails.compactMap { try? EmailAddress($0) }
        for email in [person.email] + earlier + [data.emailChange?.email].compactMap({ $0 }) {
            await forgetMails(email.deliverable)
        }
        mailQueued()
        return .erased
    }
}
