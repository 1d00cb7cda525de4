public import Civic
import Foundation

extension AccountService {
    /// Begins to set up an authenticator app, once its owner has proved to be it; each time with a new secret, so that
    /// nobody who began before knows it.
    ///
    /// - Parameter password: the password as typed; not needed after a recent sign-in.
    /// - Throws: `AccountsError.noSuchPerson`.
    public func beginSecondFactor(
        _ who: SignedIn,
        password: String?,
        from address: RemoteAddress
    ) async throws -> SecondFactorStart {
        guard let person = try await store.person(who.person) else { throw AccountsError.noSuchPerson }
        let proof = try await proveOfLate(who, password: password, from: address)
        guard proof == .proved else { return .refused(proof) }
        let app = TimeBasedCode()
        let isBegun = try await store.beginSecondFactor(
            of: who.person,
            secret: try sealer.seal(app.secret, for: .secondFactor),
            in: who.session,
            until: expiry(settings.secondFactorLifetime)
        )
        return isBegun ? .begun(setUp(app, person)) : .inForce
    }

    /// The second factor begun in this session that waits for its first code, to show it again after a wrong one; nil when
    /// there is none or it has expired.
    public func pendingSecondFactor(_ who: SignedIn) async throws -> SecondFactorSetUp? {
        guard let factor = try await waiting(who), let person = try await store.person(who.person) else { return nil }
        return setUp(TimeBasedCode(secret: try sealer.open(factor.secret, for: .secondFactor)), person)
    }

    /// Puts the second factor in force with a code of the app, and gives out recovery codes.
    ///
    /// Other sessions, which a password alone may have begun, end; this one goes on under a new token.
    public func confirmSecondFactor(
        _ who: SignedIn,
        code: String,
        from address: RemoteAddress
    ) async throws -> SecondFactorOutcome {
        guard let person = try await store.person(who.person), let factor = try await waiting(who) else {
            return .wrong
        }
        let counters = try counters("confirm", who)
        if let seconds = try await admit(counters) { return .wait(seconds: seconds) }
        let app = TimeBasedCode(secret: try sealer.open(factor.secret, for: .secondFactor))
        guard let step = app.step(of: code, at: now(), after: factor.lastStep) else { return .wrong }
        let (codes, token, expires) = (RecoveryCode.newSet(), SecretToken(), expiry(settings.sessionIdle))
        let isDone = try await store.confirmSecondFactor(
            of: who.person,
            secret: factor.secret,
            step: step,
            recoveryCodes: codes.map(\.hash),
            keeping: RenewedSession(id: who.session, tokenHash: token.hash, expires: expires),
            with: try changed(person, isOn: true, origin: try origin(address))
        )
        guard isDone else { return .wrong }
        try await succeed(counters)
        mailQueued()
        return .enabled(
            recoveryCodes: codes.map(\.text),
            session: try started(
                token,
                who.session,
                person.id,
                person.language,
                expires,
                passwordSet: person.passwordSet
            )
        )
    }

    /// Gives up the second factor, once its owner has proved to be it and to hold it.
    ///
    /// - Parameter code: of the app, or a recovery code.
    public func disableSecondFactor(
        _ who: SignedIn,
        password: String?,
        code: String,
        from address: RemoteAddress
    ) async throws -> ProofOutcome {
        guard let person = try await store.person(who.person), person.hasSecondFactor else {
            return try await prove(who, password: password, from: address)
        }
        let proof = try await prove(who, password: password, code: code, from: address)
        guard proof == .proved else { return proof }
        let effects = try changed(person, isOn: false, origin: try origin(address))
        _ = try await store.disableSecondFactor(of: who.person, endsSessions: false, with: effects)
        mailQueued()
        return .proved
    }

    /// Gives up the second factor of a person who lost it, from the operator's console; every session ends.
    ///
    /// - Returns: false when there is none.
    /// - Throws: `AccountsError.noSuchPerson`.
    public func resetSecondFactorFromConsole(of id: PersonID) async throws -> Bool {
        guard let person = try await store.person(id) else { throw AccountsError.noSuchPerson }
        let effects = try changed(person, isOn: false, actor: nil, detail: "console")
        let isDone = try await store.disableSecondFactor(of: id, endsSessions: true, with: effects)
        mailQueued()
        return isDone
    }

    /// Gives out new recovery codes in place of the old ones, once the owner has proved to be it and to hold the factor.
    ///
    /// - Parameter code: of the app, or a recovery code.
    public func renewRecoveryCodes(
        _ who: SignedIn,
        password: String?,
        code: String,
        from address: RemoteAddress
    ) async throws -> RecoveryCodesOutcome {
        guard let person = try await store.person(who.person), person.hasSecondFactor else { return .notInForce }
        let proof = try await prove(who, password: password, code: code, from: address)
        guard proof == .proved else { return .refused(proof) }
        let codes = RecoveryCode.newSet()
        let event = AuditEvent(
            .recoveryCodesRenewed,
            actor: person.id,
            subject: person.id,
            origin: try origin(address),
            time: now()
        )
        let mail = try mail(.recoveryCodesRenewed(name: person.name, time: now()), to: person)
        let effects = sideEffects(mails: [mail], events: [event])
        guard try await store.replaceRecoveryCodes(of: person.id, with: codes.map(\.hash), effects) else {
            return .notInForce
        }
        mailQueued()
        return .renewed(codes.map(\.text))
    }

    private func waiting(_ who: SignedIn) async throws -> StoredSecondFactor? {
        guard let factor = try await store.secondFactor(of: who.person), !factor.isConfirmed,
            factor.session == who.session, let expires = factor.expires, expires > now()
        else { return nil }
        return factor
    }

    private func setUp(_ app: TimeBasedCode, _ person: Person) -> SecondFactorSetUp {
        SecondFactorSetUp(
            secret: Base32.encode(app.secret),
            address: app.address(issuer: settings.issuer, account: person.username.text)
        )
    }

    private func changed(_ person: Person, isOn: Bool, origin: Data) throws -> SideEffects {
        try changed(person, isOn: isOn, actor: person.id, origin: origin)
    }

    private func changed(
        _ person: Person,
        isOn: Bool,
        actor: PersonID?,
        detail: String? = nil,
        origin: Data? = nil
    ) throws -> SideEffects {
        let kind: AuditKind = isOn ? .secondFactorEnabled : .secondFactorDisabled
        let event = AuditEvent(
            kind,
            actor: actor,
            subject: person.id,
            detail: detail,
            origin: origin,
            time: now()
        )
        let notice = AccountNotice.secondFactorChanged(isOn: isOn, name: person.name, time: now())
        return sideEffects(mails: [try mail(notice, to: person)], events: [event])
    }
}
