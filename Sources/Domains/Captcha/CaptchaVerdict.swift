/// The result of a captcha; only `passed` admits a form.
public enum CaptchaVerdict: Sendable, Equatable {
    /// The response is correct and was not used before.
    case passed
    /// No response was sent.
    case missing
    /// The response is wrong.
    case wrong
    /// The response is correct but too late.
    case expired
    /// The response is correct but was used before.
    case used
    /// The response could not be verified, through no fault of the person.
    case unavailable
}
