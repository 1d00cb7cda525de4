import Foundation
import Mail

/// What goes with a mailed code.
private struct HeldCode: Codable {
    let code: String
    let emailKey: String
}

extension AccountService {
    /// Mails a code to who cannot do the other captcha: whoever reads it can read, and has an address.
    public func requestHumanCode(
        email: EmailAddress,
        language: PreferredLanguage,
        from address: RemoteAddress
    ) async throws -> HumanCodeOutcome {
        if let seconds = try await wait("code", settings.limits.humanCodesPerAddress, from: address) {
            return .wait(seconds: seconds)
        }
        let (ticket, expires, code) = (SecretToken(), expiry(settings.humanCodeLifetime), Self.randomCode())
        let held = HeldCode(code: code, emailKey: email.key)
        let token = StoredToken(
            hash: ticket.hash,
            purpose: .humanCode,
            person: nil,
            payload: try sealed(held),
            triesLeft: settings.codeTries,
            expires: expires
        )
        let mail = try mail(.humanCode(code: code, expires: expires), to: email, in: language)
        let isMailed = try await mayMail(.code, email, from: address)
        try await store.keep(token, with: consequences(mails: isMailed ? [mail] : []))
        mailQueued()
        return .mailed(ticket: ticket)
    }

    /// Checks a mailed code for the address it went to; right, it is used up.
    public func checkHumanCode(
        ticket: SecretToken,
        code: String,
        email: EmailAddress
    ) async throws -> HumanCodeVerdict {
        guard let token = try await store.token(ticket.hash, for: .humanCode, at: now()),
            let held = try token.payload.map({ try opened(HeldCode.self, $0) }), held.emailKey == email.key,
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
