import Accounts
import Captcha
import Civic
import Foundation
import NIOCore
import SiteKit

/// Protects a form against automated submissions, by the captcha or by a mailed code.
struct CaptchaGate: Sendable {
    /// The field that carries the ticket of a mailed code.
    static let ticketField = "code_ticket"
    /// The field for the mailed code.
    static let codeField = "mailed_code"
    /// The button that requests a code.
    static let sendButton = "send_code"

    let verifier: any CaptchaVerifier
    let accounts: AccountUseCases

    /// The result of a check.
    enum Answer: Sendable, Equatable {
        case passed
        /// Not passed; the key of the explanation, and the field that it belongs to.
        case fault(String, field: String)
    }

    /// The state of the captcha in a form.
    struct State: Sendable {
        /// The ticket of a code that was mailed.
        var ticket: String?
        /// Whether a code was just sent.
        var isSent = false
        /// The fault to show, if any.
        var fault: Answer?
    }

    /// Checks the captcha or the code in a form.
    ///
    /// - Parameter login: the address or the user name that a code was mailed to.
    func check(_ body: FormBody, login: String, _ request: PageRequest) async throws -> Answer {
        if let code = body.trimmed(Self.codeField),
            let ticket = body.value(Self.ticketField).flatMap({ SecretToken($0) })
        {
            guard try await accounts.mailHumanCode.check(ticket: ticket, code: code, login: login) == .passed else {
                return .fault("captcha_code_wrong", field: Self.codeField)
            }
            return .passed
        }
        let address = request.visitor.client?.text
        switch await verifier.verify(body.value(verifier.fieldName), remoteAddress: address) {
        case .passed: return .passed
        case .missing: return .fault("captcha_missing", field: "captcha")
        case .wrong: return .fault("captcha_wrong", field: "captcha")
        case .expired: return .fault("captcha_expired", field: "captcha")
        case .used: return .fault("captcha_used", field: "captcha")
        case .unavailable:
            // The built-in captcha depends only on the store, so the store must be unavailable.
            if case .proofOfWork = verifier.kind { throw CivicError.storeBusy }
            return .fault("captcha_unavailable", field: "captcha")
        }
    }

    /// The captcha as its template shows it.
    func view(_ state: State, _ words: Strings) -> CaptchaView {
        var view = CaptchaView(
            challenge: CaptchaController.path,
            open: state.ticket != nil,
            sent: state.isSent,
            ticket: state.ticket
        )
        switch verifier.kind {
        case .proofOfWork: (view.work, view.strings) = (true, Self.widgetWords(words))
        case .turnstile(let siteKey): view.turnstile = siteKey
        case .reCAPTCHA(let siteKey): view.recaptcha = siteKey
        }
        if case .fault(let key, let field) = state.fault {
            if field == Self.codeField { view.codeFault = words[key] } else { view.fault = words[key] }
        }
        return view
    }

    // The texts of ALTCHA's widget; an empty `waitAlert` keeps it from opening an alert.
    private static func widgetWords(_ words: Strings) -> String {
        var writer = JSONWriter(capacity: 512)
        writer.beginObject()
        for (name, key) in [
            ("label", "robot"), ("verifying", "working"), ("verified", "passed"), ("error", "failed"),
            ("expired", "expired"),
        ] {
            writer.name(name)
            writer.string(words["captcha_\(key)"])
        }
        writer.name("waitAlert")
        writer.string("")
        writer.endObject()
        return String(buffer: writer.buffer)
    }

    /// The sources that the content security policy must allow for a third-party captcha.
    ///
    /// For Google's hosts only the paths of reCAPTCHA are allowed, because other paths return JSONP with a callback named in
    /// the URL.
    /// <https://developers.google.com/recaptcha/docs/faq>,
    /// <https://developers.cloudflare.com/turnstile/reference/content-security-policy/>
    static func sources(of kind: CaptchaKind) -> (scripts: [String], frames: [String]) {
        switch kind {
        case .proofOfWork: ([], [])
        case .turnstile: (["https://challenges.cloudflare.com"], ["https://challenges.cloudflare.com"])
        case .reCAPTCHA:
            (
                ["https://www.google.com/recaptcha/", "https://www.gstatic.com/recaptcha/"],
                ["https://www.google.com/recaptcha/", "https://recaptcha.google.com/recaptcha/"]
            )
        }
    }
}

/// Stores used challenges with the accounts, so that none is accepted twice, on any machine.
struct StoredChallenges: UsedChallenges {
    let accounts: AccountUseCases

    func use(_ challenge: String, until expires: Date) async throws -> Bool {
        try await accounts.captchaUsage.useChallenge(challenge, until: expires)
    }
}
