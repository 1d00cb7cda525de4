public import Civic
import Foundation

/// Mails a code to people who cannot use the captcha; typing it in shows that a person reads that address.
public struct MailHumanCode: Sendable {
    /// The payload of the token that stands for a mailed code.
    private struct HeldCode: Codable {
        let code: String
        /// The key of the address or the user name that the code was requested with.
        let loginKey: String
    }

    let store: any TokenStore & PeopleStore
    let quotas: QuotaCounter
    let mailLimiter: MailLimiter
    let mails: AccountMails
    let sealer: ValueSealer
    let clock: WallClock
    let settings: AccountSettings

    /// Mails a code.
    ///
    /// An address gets the code whether it has an account or not. For a user name the code goes to the address of its
    /// account; whether there is one is not revealed.
    ///
    /// - Parameter login: an address or a user name, as typed.
    public func request(
        login: String,
        language: Language,
        from address: RemoteAddress
    ) async throws -> HumanCodeOutcome {
        if let seconds = try await quotas.wait("code", settings.limits.humanCodesPerAddress, from: address) {
            return .wait(seconds: seconds)
        }
        let (ticket, code) = (SecretToken(), Self.randomCode())
        let expires = clock.time(after: settings.humanCodeLifetime)
        let key = Login(login)?.key
        let token = StoredToken(
            hash: ticket.hash,
            purpose: .humanCode,
            person: nil,
            payload: try sealer.sealPayload(HeldCode(code: code, loginKey: key ?? "")),
            triesLeft: settings.codeTries,
            expires: expires
        )
        let (email, language) = try await recipient(of: login, language)
        let isMailed = try await mailLimiter.mayMail(.code, key: email?.key ?? "nobody/\(key ?? "")", from: address)
        // Do the same work as for a mail that is sent, so that the response time does not reveal who has an account.
        let notice = AccountNotice.humanCode(code: code, expires: expires)
        let mail = try mails.mail(notice, to: try email ?? EmailAddress("nobody@example.invalid"), in: language)
        let queued = isMailed && email != nil ? [mail] : []
        try await store.keep(token, with: SideEffects(at: clock.now, mails: queued))
        mails.queued()
        return .mailed(ticket: ticket)
    }

    /// Checks a mailed code against the address or the user name it was requested with; a right code is used up.
    public func check(ticket: SecretToken, code: String, login: String) async throws -> HumanCodeVerdict {
        guard let token = try await store.token(ticket.hash, for: .humanCode, at: clock.now),
            let held = try token.payload.map({ try sealer.openPayload(HeldCode.self, $0) }),
            let key = Login(login)?.key, held.loginKey == key,
            let left = try await store.countTry(ticket.hash, for: .humanCode, at: clock.now)
        else { return .expired }
        let digits = code.prefix(64).filter { $0 != " " && $0 != "\u{A0}" }
        guard Sodium.areEqual(Array(digits.utf8), Array(held.code.utf8)) else { return .wrong(triesLeft: left) }
        // The last try has used the token up already.
        if left == 0 { return .passed }
        return try await store.take(ticket.hash, for: .humanCode, at: clock.now) == nil ? .expired : .passed
    }

    /// Where a code goes, and in which language it is written.
    private func recipient(of login: String, _ language: Language) async throws -> (EmailAddress?, Language) {
        if login.contains("@") { return (try? EmailAddress(login), language) }
        let person = try await store.credentials(forLogin: login)?.person
        return (person?.email, person?.language ?? language)
    }

    private static func randomCode() -> String {
        var random = SystemRandomNumberGenerator()
        return (0..<6).map { _ in String(Int.random(in: 0...9, using: &random)) }.joined()
    }
}

/// How a request for a mailed code ended.
public enum HumanCodeOutcome: Sendable, Equatable {
    /// The code was mailed; the ticket goes into the form.
    case mailed(ticket: SecretToken)
    /// Too many requests. The value is the number of seconds to wait.
    case wait(seconds: Int)
}

/// How checking a mailed code ended.
public enum HumanCodeVerdict: Sendable, Equatable {
    /// Right; the code is used up.
    case passed
    /// Wrong. The value is the number of tries left.
    case wrong(triesLeft: Int)
    /// Used, expired, or requested with another address.
    case expired
}
