public import Civic
import Foundation

extension AccountService {
    /// Accepts a registration; only the mail reveals the result.
    ///
    /// An address with an account gets a mail that says so; any other gets the link that activates, good once.
    public func register(
        name: PersonName,
        email: EmailAddress,
        language: Language,
        agreement: AgreementVersion,
        from address: RemoteAddress
    ) async throws -> RequestOutcome {
        if let seconds = try await wait("register", settings.limits.registrationsPerAddress, from: address) {
            return .wait(seconds: seconds)
        }
        try await keep(name: name, email: email, language: language, agreement: agreement, from: address)
        return .accepted
    }

    /// Keeps a registration, or writes to the owner of the account that the address has.
    ///
    /// - Parameter identity: who was signed in at a provider, sealed.
    func keep(
        name: PersonName,
        email: EmailAddress,
        language: Language,
        agreement: AgreementVersion,
        identity: Data? = nil,
        from address: RemoteAddress
    ) async throws {
        let known = try await store.credentials(for: .email(key: email.key))?.person
        let isMailed = try await mayMail(
            known == nil ? .activation : .alreadyRegistered,
            email,
            from: address
        )
        let (token, time, expires) = (SecretToken(), now(), expiry(settings.activationLifetime))
        // Both branches compose a mail and write one transaction, so neither the answer nor its time reveals which it was.
        if let known {
            let mail = try mail(
                .alreadyRegistered(name: known.name),
                to: known.email,
                in: known.language,
                .minute(of: "")
            )
            try await store.record(sideEffects(mails: isMailed ? [mail] : []))
        } else {
            let notice = AccountNotice.activation(token: token, name: name, expires: expires)
            let mail = try mail(notice, to: email, in: language, .minute(of: name.text))
            let registration = Registration(
                tokenHash: token.hash,
                email: email,
                name: name,
                language: language,
                consent: Consent(subject: .agreement, version: agreement, given: time),
                identity: identity,
                created: time,
                expires: expires
            )
            try await store.add(registration, with: sideEffects(mails: isMailed ? [mail] : []))
        }
        mailQueued()
    }
}
