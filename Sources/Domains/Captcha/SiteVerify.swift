public import AsyncHTTPClient
public import Foundation

/// A captcha that a third party runs and verifies: Cloudflare Turnstile or Google reCAPTCHA v2.
///
/// <https://developers.cloudflare.com/turnstile/get-started/server-side-validation/>,
/// <https://developers.google.com/recaptcha/docs/verify>
public struct SiteVerify: CaptchaVerifier {
    /// The longest response that is passed on, in bytes; Turnstile's have 2048 at most, reCAPTCHA's can be longer.
    static let longestResponse = 8192

    /// The service.
    public enum Service: Sendable, Equatable {
        /// Cloudflare Turnstile.
        case turnstile
        /// Google reCAPTCHA v2.
        case reCAPTCHA

        /// The address of the service when no other is set.
        public var endpoint: String {
            switch self {
            case .turnstile: "https://challenges.cloudflare.com/turnstile/v0/siteverify"
            case .reCAPTCHA: "https://www.google.com/recaptcha/api/siteverify"
            }
        }
    }

    private let service: Service
    private let siteKey: String
    private let secret: String
    private let hostname: String?
    private let question: SiteQuestion
    private let report: @Sendable (CaptchaError) -> Void

    /// Makes a verifier that asks the service.
    ///
    /// - Parameters:
    ///   - service: the service.
    ///   - siteKey: the public key of the site, which is written into the page.
    ///   - secret: the secret key of the site.
    ///   - endpoint: where to ask instead of the service's own address; https, or http on a loopback host.
    ///   - hostname: the host on which the captcha must have been solved; nil accepts any.
    ///   - http: the client to ask with; it must not follow redirects.
    ///   - timeout: how long an answer may take, in seconds.
    ///   - report: receives the reason when a response could not be verified.
    /// - Throws: `CaptchaError.unusableSetting`.
    public init(
        _ service: Service,
        siteKey: String,
        secret: String,
        endpoint: String? = nil,
        hostname: String? = nil,
        http: HTTPClient,
        timeout: TimeInterval = 5,
        report: @escaping @Sendable (CaptchaError) -> Void = { _ in }
    ) throws(CaptchaError) {
        guard !siteKey.isEmpty, !secret.isEmpty else { throw .unusableSetting("site key or secret key is empty") }
        self.service = service
        self.siteKey = siteKey
        self.secret = secret
        self.hostname = hostname?.lowercased()
        self.report = report
        question = try SiteQuestion(endpoint: endpoint ?? service.endpoint, http: http, timeout: timeout)
    }

    /// Which widget the page has to show.
    public var kind: CaptchaKind {
        switch service {
        case .turnstile: .turnstile(siteKey: siteKey)
        case .reCAPTCHA: .reCAPTCHA(siteKey: siteKey)
        }
    }

    /// The field that the widget of the service fills in.
    public var fieldName: String {
        switch service {
        case .turnstile: "cf-turnstile-response"
        case .reCAPTCHA: "g-recaptcha-response"
        }
    }

    /// Asks the service about the response.
    public func verify(_ response: String?, remoteAddress: String?) async -> CaptchaVerdict {
        guard let response, !response.isEmpty else { return .missing }
        guard response.utf8.count <= Self.longestResponse else { return .wrong }
        do {
            let answer = try await question.ask([
                ("secret", secret), ("response", response), ("remoteip", remoteAddress ?? ""),
            ])
            return try judge(answer)
        } catch {
            report(error)
            return .unavailable
        }
    }

    private func judge(_ answer: SiteAnswer) throws(CaptchaError) -> CaptchaVerdict {
        guard answer.success else { return try answer.refusal(by: question.host) }
        guard let hostname else { return .passed }
        guard let found = answer.hostname, found.lowercased() == hostname else {
            report(.otherHostname(expected: hostname, found: CaptchaError.plain(answer.hostname ?? "")))
            return .wrong
        }
        return .passed
    }
}
