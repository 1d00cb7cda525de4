public import Civic
import Foundation

/// Erases an account and whatever names its owner.
///
/// The audit events that are kept hold only the number of the account.
public struct DeleteAccount: Sendable {
    let store: any PersonalDataStore & TokenStore & PeopleStore
    let proveOwnership: ProveOwnership
    let quotas: QuotaCounter
    let mailLimiter: MailLimiter
    let mails: AccountMails
    let audit: AuditTrail
    let clock: WallClock
    let settings: AccountSettings
    /// Deletes the copies of mails to a recipient that exist outside the store.
    let forgetMails: @Sendable (String) async -> Void

    /// A preview of what an erasure deletes and keeps; nil when the account is gone.
    ///
    /// - Parameter participants: the features that store personal data.
    public func preview(
        of id: PersonID,
        participants: [any PersonalDataParticipant]
    ) async throws -> ErasurePreview? {
        guard try await store.person(id) != nil else { return nil }
        var preview = ErasurePreview()
        for participant in participants {
            preview = preview.adding(try await participant.erasurePreview(of: id, at: clock.now))
        }
        return preview
    }

    /// Erases an account after its owner has given the password; without a password a link is mailed instead.
    ///
    /// - Parameter participants: the features that store personal data; each erases its own.
    public func erase(
        _ who: SignedIn,
        password: String?,
        from address: RemoteAddress,
        participants: [any PersonalDataParticipant]
    ) async throws -> ErasureOutcome {
        if let person = try await store.person(who.person), !person.hasPassword {
            // Report it here; otherwise the user only learns of it after opening the mailed link.
            if try await store.isLastAdministrator(person.id) { return .lastAdministrator }
            return try await mailLink(to: person, from: address)
        }
        let proof = try await proveOwnership.prove(who, password: password, from: address)
        guard proof == .proved else { return .refused(proof) }
        guard let data = try await store.personalData(of: who.person, at: clock.now) else {
            throw AccountsError.noSuchPerson
        }
        guard try await !store.isLastAdministrator(who.person) else { return .lastAdministrator }
        let steps = try await eraseOutside(who.person, participants)
        let isDone = try await store.erase(who.person, steps: steps, with: try effects(data.person))
        guard isDone else { return .lastAdministrator }
        await forgetMails(to: data)
        return .erased
    }

    /// The owner of the account that a mailed link erases; nil when the link was used or has expired.
    ///
    /// Does not use the link up, because mail scanners open links.
    public func pending(_ token: SecretToken) async throws -> Person? {
        guard let id = try await store.token(token.hash, for: .erasure, at: clock.now)?.person else { return nil }
        return try await store.person(id)
    }

    /// Erases an account by a mailed link and ends all its sessions.
    ///
    /// - Parameters:
    ///   - who: the person signed in where the link was opened: nobody or the owner, never somebody else.
    ///   - participants: the features that store personal data; each erases its own.
    public func confirm(
        _ token: SecretToken,
        by who: SignedIn?,
        participants: [any PersonalDataParticipant]
    ) async throws -> ErasureConfirmation {
        guard let id = try await pending(token)?.id, let data = try await store.personalData(of: id, at: clock.now)
        else { return .expired }
        if let who, who.person != id { return .otherAccount }
        guard try await !store.isLastAdministrator(id) else { return .lastAdministrator }
        let steps = try await eraseOutside(id, participants)
        let effects = try effects(data.person)
        let outcome = try await store.erase(by: token.hash, at: clock.now, steps: steps, with: effects)
        if outcome == .erased { await forgetMails(to: data) }
        return outcome
    }

    /// Runs the steps that work outside the database; returns those for the transaction.
    private func eraseOutside(
        _ id: PersonID,
        _ participants: [any PersonalDataParticipant]
    ) async throws -> [any TransactionalErasure] {
        var steps: [any TransactionalErasure] = []
        for participant in participants {
            switch participant.erasure {
            case .withAccount: break
            case .before(let erase): try await erase(id)
            case .inTransaction(let step): steps.append(step)
            }
        }
        return steps
    }

    private func mailLink(to person: Person, from address: RemoteAddress) async throws -> ErasureOutcome {
        if let seconds = try await quotas.wait("request", settings.limits.requestsPerAddress, from: address) {
            return .refused(.wait(seconds: seconds))
        }
        guard try await mailLimiter.mayMail(.erasure, person.email, from: address) else { return .mailed }
        let (token, expires) = (SecretToken(), clock.time(after: settings.erasureLifetime))
        let notice = AccountNotice.erasureConfirmation(token: token, name: person.name, expires: expires)
        let event = AuditEvent(
            .erasureRequested,
            actor: person.id,
            subject: person.id,
            origin: try audit.origin(address),
            time: clock.now
        )
        let mail = try mails.mail(notice, to: person.email, in: person.language, .minute(of: ""))
        try await store.keep(
            StoredToken(hash: token.hash, purpose: .erasure, person: person.id, expires: expires),
            with: SideEffects(at: clock.now, mails: [mail], events: [event])
        )
        mails.queued()
        return .mailed
    }

    private func effects(_ person: Person) throws -> SideEffects {
        let time = clock.now
        let event = AuditEvent(.accountErased, actor: person.id, subject: person.id, time: time)
        let mail = try mails.mail(.accountErased(time: time), to: person)
        return SideEffects(at: time, mails: [mail], events: [event])
    }

    // Deletes the copies before the sender is woken, so that the last mail keeps its own.
    private func forgetMails(to data: StoredPersonalData) async {
        let earlier = data.formerEmails.compactMap(EmailAddress.init(stored:))
        for email in [data.person.email] + earlier + [data.emailChange?.email].compactMap({ $0 }) {
            await forgetMails(email.deliverable)
        }
        mails.queued()
    }
}

/// How an erasure ended.
public enum ErasureOutcome: Sendable, Equatable {
    /// Erased; the last mail is on its way.
    case erased
    /// There is no password: the link to erase the account was mailed to its owner.
    case mailed
    /// The proof failed.
    case refused(ProofOutcome)
    /// The last administrator cannot be erased.
    case lastAdministrator
}

/// How an erasure by the link in a mail ended.
public enum ErasureConfirmation: Sendable, Equatable {
    /// Erased; the last mail is on its way.
    case erased
    /// The link was used or has expired, or the account is gone or has a password by now.
    case expired
    /// The link is for another account than the one that is signed in; it is still valid.
    case otherAccount
    /// The last administrator cannot be erased.
    case lastAdministrator
}
