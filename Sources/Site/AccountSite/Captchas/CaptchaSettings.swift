import Captcha
import Crypto
import Foundation
import Logging
import SiteKit

/// The operator's settings for the captcha.
struct CaptchaSettings: Sendable {
    /// The allowed values of `OPENALMATY_CAPTCHA_KIND`.
    private enum Kind: String, CaseIterable {
        case work
        case turnstile
        case recaptcha
    }

    private enum Choice {
        case work(maxNumber: Int)
        case service(SiteVerify.Service, siteKey: String, secret: String, endpoint: String?)
    }

    private let choice: Choice

    /// Reads and checks the settings.
    ///
    /// - Throws: `SiteError.invalidSetting`, which never repeats a secret.
    init(_ config: SettingsReader) throws(SiteError) {
        // Read it for every kind, so that an invalid number is reported at once and not only when the kind is changed.
        let most = try config.number(.captchaMaxNumber, in: 1...10_000_000, default: ProofOfWork.defaultMaxNumber)
        switch try config.choice(.captchaKind, default: Kind.work) {
        case .work: choice = .work(maxNumber: most)
        case .turnstile: choice = try Self.service(.turnstile, config)
        case .recaptcha: choice = try Self.service(.reCAPTCHA, config)
        }
    }

    /// Makes the configured captcha.
    ///
    /// - Parameters:
    ///   - key: signs challenges.
    ///   - work: how many times harder than usual a proof-of-work challenge is now.
    ///   - used: remembers used challenges.
    ///   - hostname: the host on which a third-party captcha must have been solved; nil when it is unknown.
    ///   - logger: receives the reason when a response could not be verified.
    /// - Throws: `CaptchaError.unusableSetting`.
    func verifier(
        key: SymmetricKey,
        work: @escaping @Sendable () async -> Int,
        used: any UsedChallenges,
        hostname: String?,
        logger: Logger
    ) throws(CaptchaError) -> any CaptchaVerifier {
        let report: @Sendable (CaptchaError) -> Void = { error in
            logger.warning("Captcha not judged", metadata: ["reason": "\(error)"])
        }
        switch choice {
        case .work(let maxNumber):
            return try ProofOfWork(key: key, maxNumber: maxNumber, work: work, used: used, report: report)
        case .service(let service, let siteKey, let secret, let endpoint):
            return try SiteVerify(
                service,
                siteKey: siteKey,
                secret: secret,
                endpoint: endpoint,
                hostname: hostname,
                http: OutgoingHTTP.client,
                report: report
            )
        }
    }

    private static func service(_ service: SiteVerify.Service, _ config: SettingsReader) throws(SiteError) -> Choice {
        guard let siteKey = try config.text(.captchaSiteKey) else {
            throw config.invalid(.captchaSiteKey, expected: "the public key that the service gave")
        }
        guard let secret = try config.text(.captchaSecret) else {
            throw config.invalid(.captchaSecret, expected: "the secret key that the service gave")
        }
        let endpoint = try config.text(.captchaEndpoint)
        return .service(service, siteKey: siteKey, secret: secret, endpoint: endpoint)
    }
}
