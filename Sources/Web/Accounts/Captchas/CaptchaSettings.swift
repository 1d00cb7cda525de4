import Captcha
import Configuration
import Crypto
import Foundation
import Logging

/// What an operator can set about the captcha.
struct CaptchaSettings: Sendable {
    private enum Choice {
        case work(maxNumber: Int)
        case service(SiteVerify.Service, siteKey: String, secret: String, endpoint: String?)
    }

    private let choice: Choice

    /// Reads and checks the settings.
    ///
    /// - Throws: `WebError.invalidSetting`, which never repeats a secret.
    init(_ config: ConfigReader) throws(WebError) {
        switch config.string(forKey: "captcha.kind", default: "work") {
        case "work":
            let most = config.int(forKey: "captcha.max.number", default: ProofOfWork.defaultMaxNumber)
            guard (1...10_000_000).contains(most) else {
                throw .invalidSetting(key: "OPENALMATY_CAPTCHA_MAX_NUMBER", expected: "a number from 1 to 10000000")
            }
            choice = .work(maxNumber: most)
        case "turnstile": choice = try Self.service(.turnstile, config)
        case "recaptcha": choice = try Self.service(.reCAPTCHA, config)
        default:
            throw .invalidSetting(key: "OPENALMATY_CAPTCHA_KIND", expected: "work, turnstile or recaptcha")
        }
    }

    /// The captcha as it is set.
    ///
    /// - Parameters:
    ///   - key: what challenges are signed with.
    ///   - used: where used challenges are remembered.
    ///   - hostname: the host that another's captcha must have been solved on; nil when it is not known.
    ///   - logger: is told why a response could not be judged.
    /// - Throws: `CaptchaError.unusableSetting`.
    func verifier(
        key: SymmetricKey,
        used: any UsedChallenges,
        hostname: String?,
        logger: Logger
    ) throws(CaptchaError) -> any CaptchaVerifier {
        let report: @Sendable (CaptchaError) -> Void = { error in
            logger.warning("Captcha not judged", metadata: ["reason": "\(error)"])
        }
        switch choice {
        case .work(let maxNumber):
            return try ProofOfWork(key: key, maxNumber: maxNumber, used: used, report: report)
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

    private static func service(_ service: SiteVerify.Service, _ config: ConfigReader) throws(WebError) -> Choice {
        guard let siteKey = config.string(forKey: "captcha.site.key"), !siteKey.isEmpty else {
            throw .invalidSetting(key: "OPENALMATY_CAPTCHA_SITE_KEY", expected: "the public key that the service gave")
        }
        guard let secret = config.string(forKey: "captcha.secret", isSecret: true), !secret.isEmpty else {
            throw .invalidSetting(key: "OPENALMATY_CAPTCHA_SECRET", expected: "the secret key that the service gave")
        }
        let endpoint = config.string(forKey: "captcha.endpoint").flatMap { $0.isEmpty ? nil : $0 }
        return .service(service, siteKey: siteKey, secret: secret, endpoint: endpoint)
    }
}
