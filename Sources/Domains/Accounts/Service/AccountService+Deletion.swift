public import Civic
import Foundation

extension AccountService {
    /// A preview of what an erasure deletes and keeps; nil when the account is gone.
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

    /// Erases an account after its owner has given the password; without a password a link is mailed instead.
    ///
    /// The audit entries that are kept hold only the number of the account.
    public func erase(_ who: SignedIn, password: String?, from address: RemoteAddress) async throws -> ErasureOutcome {
        if let person = try await store.person(who.person), !person.hasPassword {
            // Report it here; otherwise the user only learns of it after opening the mailed link.
            if try await store.isLastAdministrator(person.id) { return .lastAdministrator }
            return try await mailErasure(of: person, from: address)
        }
        let proof = try await prove(who, password: password, from: address)
        guard proof == .proved else { return .refused(proof) }
        guard let data = try await store.personalData(of: who.person, at: now()) else {
            throw AccountsError.noSuchPerson
        }
        let isDone = try await store.erase(who.person, with: try erased(data.person))
        guard isDone else { return .lastAdministrator }
        await forgetMails(to: data)
        return .erased
    }

    /// The owner of the account that a mailed link erases; nil when the link was used or has expired.
    ///
    /// Does not use the link up, because mail scanners open links.
    public func pendingErasure(_ token: SecretToken) async throws -> Person? {
        let stored = try await store.token(token.hash, for: .erasure, at: now())
        return try await stored?.person.asyncFlatMap(store.person)
    }

    /// Erases an account by a mailed link and ends all its sessions.
    ///
    /// - Parameter who: the person signed in where the link was opened: nobody or the owner, never somebody else.
    public func confirmErasure(_ token: SecretToken, by who: SignedIn?) async throws -> ErasureConfirmation {
        guard let id = try await pendingErasure(token)?.id, let data = try await store.personalData(of: id, at: now())
        else { return .expired }
        if let who, who.person != id { return .otherAccount }
        let outcome = try await store.erase(by: token.hash, at: now(), with: try erased(data.person))
        if outcome == .erased { await forgetMails(to: data) }
        return outcome
    }

    private func mailErasure(of person: Person, from address: RemoteAddress) async throws -> ErasureOutcome {
        if let seconds = try await wait("request", settings.limits.requestsPerAddress, from: address) {
            return .refused(.wait(seconds: seconds))
        }
        guard try await mayMail(.erasure, person.email, from: address) else { return .mailed }
        let (token, expires) = (SecretToken(), expiry(settings.erasureLifetime))
        let notice = AccountNotice.erasureConfirmation(token: token, name: person.name, expires: expires)
        let event = AuditEvent(
            .erasureRequested,
            actor: person.id,
            subject: person.id,
            origin: try origin(address),
            time: now()
        )
        let mail = try mail(notice, to: person.email, in: person.language, .minute(of: ""))
        try await store.keep(
            StoredToken(hash: token.hash, purpose: .erasure, person: person.id, expires: expires),
            with: sideEffects(mails: [mail], events: [event])
        )
        mailQueued()
        return .mailed
    }

    private func erased(_ person: Person) throws -> SideEffects {
        let event = AuditEvent(.accountErased, actor: person.id, subject: person.id, time: now())
        return sideEffects(mails: [try mail(.accountErased(time: now()), to: person)], events: [event])
    }

    // Deletes copies of mails outside the store before the last mail is queued.
    private func forgetMails(to data: StoredPersonalData) async {
        let earlier = data.formerEmails.compactMap(EmailAddress.init(stored:))
        for email in [data.person.email] + earlier + [data.emailChange?.email].compactMap({ $0 }) {
            await forgetMails(email.deliverable)
        }
        mailQueued()
    }
}
