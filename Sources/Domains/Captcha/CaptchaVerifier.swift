/// Distinguishes people from programs by a response that a form sends.
public protocol CaptchaVerifier: Sendable {
    /// Which captcha the page has to show.
    var kind: CaptchaKind { get }

    /// The name of the form field that carries the response.
    var fieldName: String { get }

    /// Verifies a response; one that cannot be verified does not pass.
    ///
    /// - Parameters:
    ///   - response: what the form field held; nil or empty when it was not sent.
    ///   - remoteAddress: the address of the sender, for verifiers that use it.
    func verify(_ response: String?, remoteAddress: String?) async -> CaptchaVerdict
}

/// The kinds of captcha in a form.
public enum CaptchaKind: Sendable, Equatable {
    /// Our own proof of work, which needs no third party.
    case proofOfWork
    /// Cloudflare Turnstile with the public key of the site.
    case turnstile(siteKey: String)
    /// Google reCAPTCHA v2 with the public key of the site.
    case reCAPTCHA(siteKey: String)
}
