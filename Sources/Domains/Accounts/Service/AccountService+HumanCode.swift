public import Civic
import Foundation

/// What goes with a mailed code.
private struct HeldCode: Codable {
    let code: String
    /// The key of the address or the user name that it was asked for by.
    let loginKey: String
}

extension AccountService {
    /// Mails a code to a person who cannot use the captcha; entering it shows that a person reads that address.
    ///
    /// An address gets the code whether it has an account or not. For a user name the code goes to the address of its
    /// account; whether there is one is not told.
    ///
    /// - Parameter login: an address or a user name, as it was typed.
    public func requestHumanCode(
        login: String,
        language: Language,
        from address: RemoteAddress
    ) async throws -> HumanCodeOutcome {
        if let seconds = try await wait("code", settings.limits.humanCodesPerAddress, from: address) {
            return .wait(seconds: seconds)
        }
        let (ticket, expires, code) = (SecretToken(), expiry(settings.humanCodeLifetime), Self.randomCode())
        let key = Login(login)?.key
        let token = StoredToken(
            hash: ticket.hash,
            purpose: .humanCode,
            person: nil,
            payload: try sealed(HeldCode(code: code, loginKey: key ?? "")),
            triesLeft: settings.codeTries,
            expires: expires
        )
        let (email, language) = try await recipient(of: login, language)
        let isMailed = try await mayMail(.code, key: email?.key ?? "nobody/\(key ?? "")", from: address)
        // Do the same work as for a mail that is sent, so that the response time does not reveal who has an account.
        let notice = AccountNotice.humanCode(code: code, expires: expires)
        let mail = try mail(notice, to: try email ?? EmailAddress("nobody@example.invalid"), in: language)
        try await store.keep(token, with: sideEffects(mails: isMailed && email != nil ? [mail] : []))
        mailQueued()
        return .mailed(ticket: ticket)
    }

    /// Where a code goes, and in which language it is written.
    private func recipient(
        of login: String,
        _ language: Language
    ) async throws -> (EmailAddress?, Language) {
        if login.contains("@") { return (try? EmailAddress(login), language) }
        let person = try await Login(login).asyncFlatMap(store.credentials)?.person
        return (person?.email, person?.language ?? language)
    }

    /// Checks a mailed code for the address or the user name it was asked for by; right, it is used up.
    public func checkHumanCode(
        ticket: SecretToken,
        code: String,
        login: String
    ) async throws -> HumanCodeVerdict {
        guard let token = try await store.token(ticket.hash, for: .humanCode, at: now()),
            let held = try token.payload.map({ try opened(HeldCode.self, $0) }),
            let key = Login(login)?.key, held.loginKey == key,
            let left = try await store.countTry(ticket.hash, for: .humanCode, at: now())
        else { return .expired }
        let digits = code.prefix(64).filter { $0 != " " && $0 != "\u{A0}" }
        guard Sodium.areEqual(Array(digits.utf8), Array(held.code.utf8)) else { return .wrong(triesLeft: left) }
        // The last try has used the token up already.
        if left == 0 { return .passed }
        return try await store.take(ticket.hash, for: .humanCode, at: now()) == nil ? .expired : .passed
    }

    private static func randomCode() -> String {
        var random = SystemRandomNumberGenerator()
        return (0..<6).map { _ in String(Int.random(in: 0...9, using: &random)) }.joined()
    }
}
