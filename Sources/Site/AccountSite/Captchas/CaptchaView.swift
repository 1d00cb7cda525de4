import SiteKit

/// The captcha of a form (`account/captcha`).
struct CaptchaView: Codable, Sendable {
    /// Whether it is the built-in proof of work, and the texts of its widget.
    var work = false
    var strings = ""
    let challenge: String
    /// The site keys of third-party services.
    var turnstile: String?
    var recaptcha: String?
    var fault: String?
    /// Whether a mailed code can be requested instead.
    let open: Bool
    let sent: Bool
    let ticket: String?
    var codeFault: String?
    /// Why a code alone is not enough.
    var password: String?
}

/// A form with a captcha.
struct FormWithCaptcha: FramedPage {
    static let template = "account/with_captcha"

    let captcha: CaptchaView?
}
