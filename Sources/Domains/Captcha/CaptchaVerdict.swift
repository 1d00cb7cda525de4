/// What came of a captcha; only `passed` lets a form through.
public enum CaptchaVerdict: Sendable, Equatable {
    /// The response is right and was not used before.
    case passed
    /// No response was sent.
    case missing
    /// The response is not what was asked for.
    case wrong
    /// The response is right and came too late.
    case expired
    /// The response is right and was used before.
    case used
    /// The response could not be judged; the fault is not the person's.
    case unavailable
}
