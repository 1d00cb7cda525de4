public import Civic
import Foundation

/// Changes what people say about themselves, and their choices.
public struct EditProfile: Sendable {
    let store: any PeopleStore
    let proveOwnership: ProveOwnership
    let quotas: QuotaCounter
    let sealer: ValueSealer
    let clock: WallClock
    let settings: AccountSettings

    /// Changes the name.
    public func rename(_ who: SignedIn, to name: PersonName) async throws {
        _ = try await change(who.person, .name(name), "name")
    }

    /// Changes the user name, unless another person has it.
    public func changeUsername(_ who: SignedIn, to username: Username) async throws -> ProfileOutcome {
        try await change(who.person, .username(username), "username") ? .changed : .taken
    }

    /// Changes the language of pages and mails.
    public func changeLanguage(_ id: PersonID, to language: Language) async throws {
        _ = try await change(id, .language(language), "language")
    }

    /// Changes the telephone number, or removes it.
    public func changePhone(_ who: SignedIn, to phone: PhoneNumber?) async throws {
        let value = try phone.map { try sealer.sealedValue($0.text, .phone) }
        _ = try await change(who.person, .phone(value), "phone")
    }

    /// Changes the IIN, or removes it; the outcome is never `.taken`.
    ///
    /// Whether another account has the IIN is not checked. The answer would reveal who is registered, and somebody who typed
    /// in another person's IIN first would keep that person out. The IIN counts as unverified.
    ///
    /// - Parameter password: as typed; not needed after a recent sign-in.
    public func changeIIN(
        _ who: SignedIn,
        to iin: IndividualIdentificationNumber?,
        password: String?,
        from address: RemoteAddress
    ) async throws -> ProfileOutcome {
        let proof = try await proveOwnership.proveUnlessFresh(who, password: password, from: address)
        guard proof == .proved else { return .refused(proof) }
        if iin != nil, let seconds = try await quotas.wait("iin/\(who.person)", settings.limits.iinsPerPerson) {
            return .wait(seconds: seconds)
        }
        let value = try iin.map { try sealer.sealedValue($0.text, .iin) }
        _ = try await change(who.person, .iin(value), "iin")
        return .changed
    }

    /// Changes which mails are wanted; wanting news is recorded as a dated consent.
    public func changeNotifications(_ who: SignedIn, to choices: NotificationChoices) async throws {
        let time = clock.now
        let consent = Consent(
            subject: .news,
            version: settings.agreement,
            given: time,
            withdrawn: choices.news ? nil : time
        )
        _ = try await change(who.person, .notifications(choices, news: consent), "notifications")
    }

    /// Records that a person accepted a version of the agreement.
    public func agree(_ who: SignedIn, to version: AgreementVersion) async throws {
        let consent = Consent(subject: .agreement, version: version, given: clock.now)
        _ = try await change(who.person, .agreement(consent), "agreement")
    }

    private func change(_ id: PersonID, _ change: PersonChange, _ detail: String) async throws -> Bool {
        let event = AuditEvent(.profileChanged, actor: id, subject: id, detail: detail, time: clock.now)
        return try await store.change(id, change, with: SideEffects(at: clock.now, events: [event]))
    }
}

/// How a change of the profile ended.
public enum ProfileOutcome: Sendable, Equatable {
    /// Changed.
    case changed
    /// It belongs to another account.
    case taken
    /// The proof failed.
    case refused(ProofOutcome)
    /// Too many changes. The value is the number of seconds to wait.
    case wait(seconds: Int)
}
