public import Civic
import Foundation

/// Registers a person: keeps what was typed until the link that is mailed to the address is followed.
public struct RegisterAccount: Sendable {
    let store: any RegistrationStore & PeopleStore & AuditStore
    let quotas: QuotaCounter
    let mailLimiter: MailLimiter
    let mails: AccountMails
    let clock: WallClock
    let settings: AccountSettings

    /// Accepts a registration; only the mail reveals the result.
    ///
    /// An address that has an account gets a mail that says so; any other gets a link that activates the account once.
    public func callAsFunction(
        name: PersonName,
        email: EmailAddress,
        language: Language,
        agreement: AgreementVersion,
        from address: RemoteAddress
    ) async throws -> RequestOutcome {
        if let seconds = try await quotas.wait("register", settings.limits.registrationsPerAddress, from: address) {
            return .wait(seconds: seconds)
        }
        try await keep(name: name, email: email, language: language, agreement: agreement, from: address)
        return .accepted
    }

    /// Keeps a registration, or writes to the owner of the account that the address has.
    ///
    /// - Parameter identity: the sealed identity of a person who came from a provider; nil when a password is to be chosen.
    func keep(
        name: PersonName,
        email: EmailAddress,
        language: Language,
        agreement: AgreementVersion,
        identity: Data? = nil,
        from address: RemoteAddress
    ) async throws {
        let known = try await store.credentials(for: .email(key: email.key))?.person
        let isMailed = try await mailLimiter.mayMail(
            known == nil ? .activation : .alreadyRegistered,
            email,
            from: address
        )
        let (token, time) = (SecretToken(), clock.now)
        let expires = clock.time(after: settings.activationLifetime)
        // Both branches compose a mail and write one transaction, so neither the answer nor its time reveals which it was.
        if let known {
            let notice = AccountNotice.alreadyRegistered(name: known.name)
            let mail = try mails.mail(notice, to: known.email, in: known.language, .minute(of: ""))
            try await store.record(SideEffects(at: time, mails: isMailed ? [mail] : []))
        } else {
            let notice = AccountNotice.activation(token: token, name: name, expires: expires)
            let mail = try mails.mail(notice, to: email, in: language, .minute(of: name.text))
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
            try await store.add(registration, with: SideEffects(at: time, mails: isMailed ? [mail] : []))
        }
        mails.queued()
    }
}
