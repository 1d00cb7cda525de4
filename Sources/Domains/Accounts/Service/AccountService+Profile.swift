public import Civic
import Foundation

extension AccountService {
    /// What the account page shows its owner; nil when the person is gone.
    public func profile(of id: PersonID) async throws -> Profile? {
        guard let person = try await store.person(id), let details = try await store.sealedDetails(of: id) else {
            return nil
        }
        let factor = try await store.secondFactor(of: id)
        return Profile(
            person: person,
            phone: try details.phone.flatMap { try PhoneNumber(text(of: $0, .phone)) },
            iin: try details.iin.flatMap { try IndividualIdentificationNumber(text(of: $0, .iin)) },
            isIINVerified: details.isIINVerified,
            consents: try await store.consents(of: id),
            identities: try await store.identities(of: id),
            pendingEmail: try await store.emailChange(of: id, at: now()),
            recoveryCodesLeft: factor.flatMap { $0.isConfirmed ? $0.recoveryCodesLeft : nil }
        )
    }

    /// Changes the name.
    public func rename(_ who: SignedIn, to name: PersonName) async throws {
        _ = try await change(who.person, .name(name), "name")
    }

    /// Changes the user name, unless another has it.
    public func changeUsername(_ who: SignedIn, to username: Username) async throws -> ProfileOutcome {
        try await change(who.person, .username(username), "username") ? .changed : .taken
    }

    /// Changes the language of pages and mails.
    public func changeLanguage(_ id: PersonID, to language: Language) async throws {
        _ = try await change(id, .language(language), "language")
    }

    /// Changes the telephone number, or takes it away.
    public func changePhone(_ who: SignedIn, to phone: PhoneNumber?) async throws {
        let value = try phone.map { try sealedValue($0.text, .phone) }
        _ = try await change(who.person, .phone(value), "phone")
    }

    /// Changes the IIN, or takes it away; `.taken` never comes of it.
    ///
    /// Whether another account has it is neither looked for nor told: the answer would tell who is registered, and
    /// whoever came first with another's number would keep its owner out. It stays unverified.
    ///
    /// - Parameter password: the password as typed; not needed after a recent sign-in.
    public func changeIIN(
        _ who: SignedIn,
        to iin: IndividualIdentificationNumber?,
        password: String?,
        from address: RemoteAddress
    ) async throws -> ProfileOutcome {
        let proof = try await proveOfLate(who, password: password, from: address)
        guard proof == .proved else { return .refused(proof) }
        let time = now()
        if iin != nil,
            let free = try await store.charge(
                [try charge("iin/\(who.person)", settings.limits.iinsPerPerson)],
                at: time
            )
        {
            return .wait(seconds: Self.seconds(from: time, to: free))
        }
        let value = try iin.map { try sealedValue($0.text, .iin) }
        _ = try await change(who.person, .iin(value), "iin")
        return .changed
    }

    /// Changes which mails are wanted; to want news is a consent with a date.
    public func changeNotifications(_ who: SignedIn, to choices: NotificationChoices) async throws {
        let time = now()
        let consent = Consent(
            subject: .news,
            version: settings.agreement,
            given: time,
            withdrawn: choices.news ? nil : time
        )
        _ = try await change(who.person, .notifications(choices, news: consent), "notifications")
    }

    /// Notes that a person accepted a version of the agreement.
    public func agree(_ who: SignedIn, to version: AgreementVersion) async throws {
        let consent = Consent(subject: .agreement, version: version, given: now())
        _ = try await change(who.person, .agreement(consent), "agreement")
    }

    func text(of sealed: Data, _ purpose: SealingPurpose) throws -> String {
        String(decoding: try sealer.open(sealed, for: purpose), as: UTF8.self)
    }

    private func sealedValue(_ text: String, _ purpose: SealingPurpose) throws -> SealedValue {
        SealedValue(
            sealed: try sealer.seal(Data(text.utf8), for: purpose),
            hash: try sealer.hash(text, for: purpose)
        )
    }

    private func change(_ id: PersonID, _ change: PersonChange, _ detail: String) async throws -> Bool {
        let event = AuditEvent(.profileChanged, actor: id, subject: id, detail: detail, time: now())
        return try await store.change(id, change, with: sideEffects(events: [event]))
    }
}
