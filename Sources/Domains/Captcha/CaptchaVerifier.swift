/// Tells people from programs by something that a form sends along.
public protocol CaptchaVerifier: Sendable {
    /// Which captcha the page has to show.
    var kind: CaptchaKind { get }

    /// The name of the form field that carries the response.
    var fieldName: String { get }

    /// Judges a response; whatever cannot be judged does not pass.
    ///
    /// - Parameters:
    ///   - response: what the form field held; nil or empty when it was not sent.
    ///   - remoteAddress: the address of the sender, for a verifier that wants to know it.
    func verify(_ response: String?, remoteAddress: String?) async -> CaptchaVerdict
}

/// Which captcha stands in a form.
public enum CaptchaKind: Sendable, Equatable {
    /// Our own proof of work, which needs no third party.
    case proofOfWork
    /// Cloudflare Turnstile with the public key of the site.
    case turnstile(siteKey: String)
    /// Google reCAPTCHA v2 with the public key of the site.
    case reCAPTCHA(siteKey: String)
}
