public import Civic
import Foundation

extension AccountService {
    /// Takes a request for a new password by e-mail address or user name; the answer is the same whoever it is.
    public func requestPasswordReset(login: String, from address: RemoteAddress) async throws -> RequestOutcome {
        if let seconds = try await wait("request", settings.limits.requestsPerAddress, from: address) {
            return .wait(seconds: seconds)
        }
        let person = try await Login(login).asyncFlatMap(store.credentials)?.person
        let (token, expires, time) = (SecretToken(), expiry(settings.resetLifetime), now())
        let event = AuditEvent(.passwordResetRequested, subject: person?.id, origin: try origin(address), time: time)
        let isMailed = try await mayMail(
            .reset,
            key: person?.email.key ?? "nobody/\(login.prefix(100))",
            from: address
        )
        guard let person, isMailed else {
            // Do the same work as for a mail that is sent, so that the response time does not reveal who has an account.
            _ = composer.message(for: .humanCode(code: "", expires: expires), language: .kk)
            try await store.record(sideEffects(events: [event]))
            return .accepted
        }
        let notice = AccountNotice.passwordReset(token: token, name: person.name, expires: expires)
        let mail = try mail(notice, to: person.email, in: person.language, .minute(of: ""))
        let stored = StoredToken(hash: token.hash, purpose: .passwordReset, person: person.id, expires: expires)
        try await store.keep(stored, with: sideEffects(mails: [mail], events: [event]))
        mailQueued()
        return .accepted
    }

    /// The owner of the account whose password a mailed link sets; nil when the link was used or has expired.
    ///
    /// Looking uses nothing up.
    public func pendingReset(_ token: SecretToken) async throws -> Person? {
        let stored = try await store.token(token.hash, for: .passwordReset, at: now())
        return try await stored?.person.asyncFlatMap(store.person)
    }

    /// Sets a new password by the link of a mail; every session of the person ends, and the person is told.
    public func resetPassword(
        _ token: SecretToken,
        password: String,
        device: Device,
        from address: RemoteAddress
    ) async throws -> PasswordOutcome {
        guard let person = try await pendingReset(token) else { return .expired }
        if let fault = fault(in: password, of: person) { return .password(fault) }
        do {
            let hash = try await hasher.hash(password)
            let effects = try await passwordChanged(person, actor: nil, device, address)
            let isDone = try await store.resetPassword(token.hash, to: hash, at: now(), with: effects)
            mailQueued()
            return isDone ? .changed(nil) : .expired
        } catch AccountsError.busy {
            return .busy
        }
    }

    /// Sets a new password from the account page; other sessions end, this one goes on under a new token.
    ///
    /// - Parameter current: the present password; nil where there is none yet.
    public func changePassword(
        of who: SignedIn,
        current: String?,
        to password: String,
        device: Device,
        from address: RemoteAddress
    ) async throws -> PasswordOutcome {
        guard let person = try await store.person(who.person) else { return .expired }
        switch try await prove(who, password: current, from: address) {
        case .wrong, .wrongCode: return .wrong
        case .needsFreshSignIn: return .needsFreshSignIn
        case .wait(let seconds): return .wait(seconds: seconds)
        case .busy: return .busy
        case .proved: break
        }
        if let fault = fault(in: password, of: person) { return .password(fault) }
        do {
            let (token, expires) = (SecretToken(), expiry(settings.sessionIdle))
            let hash = try await hasher.hash(password, .known)
            let effects = try await passwordChanged(person, actor: person.id, device, address)
            try await store.setPassword(
                of: person.id,
                hash: hash,
                keeping: RenewedSession(id: who.session, tokenHash: token.hash, expires: expires),
                with: effects
            )
            mailQueued()
            let set = effects.time
            return .changed(try started(token, who.session, person.id, person.language, expires, passwordSet: set))
        } catch AccountsError.busy {
            return .busy
        }
    }

    private func fault(in password: String, of person: Person) -> PasswordFault? {
        PasswordPolicy.fault(in: password, logins: [person.email.text, person.username.text, person.name.text])
    }

    private func passwordChanged(
        _ person: Person,
        actor: PersonID?,
        _ device: Device,
        _ address: RemoteAddress
    ) async throws -> SideEffects {
        let time = now()
        let event = AuditEvent(
            .passwordChanged,
            actor: actor,
            subject: person.id,
            detail: actor == nil ? "link" : "account",
            origin: try origin(address),
            time: time
        )
        // Whoever got in once may have linked a provider of their own, which a new password does not shut out.
        let providers = Set(try await store.identities(of: person.id).map(\.provider)).sorted()
        let notice = AccountNotice.passwordChanged(
            name: person.name,
            device: device,
            time: time,
            providers: providers
        )
        return sideEffects(mails: [try mail(notice, to: person)], events: [event])
    }
}
