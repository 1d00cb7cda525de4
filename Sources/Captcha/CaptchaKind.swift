/// Which captcha stands in a form.
public enum CaptchaKind: Sendable, Equatable {
    /// Our own proof of work, which needs no third party.
    case proofOfWork
    /// Cloudflare Turnstile with the public key of the site.
    case turnstile(siteKey: String)
    /// Google reCAPTCHA v2 with the public key of the site.
    case reCAPTCHA(siteKey: String)
}
