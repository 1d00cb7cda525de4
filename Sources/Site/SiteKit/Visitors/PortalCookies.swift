package import Civic
package import Hummingbird

/// The cookies of the portal: session, form key, mark of a known browser, pending steps, language.
///
/// With TLS their names begin with `__Host-`, so that no other host of the domain can set them (RFC 6265bis §4.1.3).
package struct PortalCookies {
    private let request: Request
    private let isSecure: Bool

    /// Reads the cookies of a request.
    package init(_ request: Request, isSecure: Bool) { (self.request, self.isSecure) = (request, isSecure) }

    /// The token of the session.
    package var session: String? { value(.session) }

    /// Whether a request has a cookie that may be that of a session.
    static func mayHaveSession(_ request: Request) -> Bool {
        request.headers[values: .cookie].contains { $0.contains(Name.session.rawValue) }
    }

    /// The key that ties forms to a browser; nil unless the portal made it.
    ///
    /// A token must never be derived from a value chosen elsewhere.
    package var form: String? { value(.form).flatMap { SecretToken($0) }?.text }
    /// The mark of a browser in which someone has signed in before.
    package var device: String? { value(.device) }
    /// The ticket of a sign-in that awaits its second step.
    package var step: String? { value(.step) }
    /// The state of a provider sign-in in progress, or the ticket of its answer.
    package var identity: String? { value(.identity) }
    /// The ticket of form input whose session had ended.
    package var draft: String? { value(.draft) }
    /// The address to which a mail was just requested, sealed.
    ///
    /// 512 bytes hold an address of 254 bytes with the overhead of the seal, in base64.
    package var typed: String? { value(.typed, longest: 512) }

    /// The purposes of cookies; the raw value is the name without the prefix.
    package enum Name: String {
        /// The session of the signed-in person.
        case session = "oa_session"
        /// Ties forms to a browser; lasts until the browser is closed.
        case form = "oa_form"
        /// A browser in which someone has signed in before.
        case device = "oa_device"
        /// The ticket of a sign-in that awaits its second step.
        case step = "oa_step"
        /// A provider sign-in in progress: first the state sent there, then the ticket of the answer.
        case identity = "oa_identity"
        /// The ticket of form input whose session had ended.
        case draft = "oa_draft"
        /// The address to which a mail was just requested, sealed.
        case typed = "oa_typed"
    }

    /// Makes an HttpOnly cookie.
    ///
    /// - Parameter seconds: its lifetime; nil until the browser is closed, 0 deletes it.
    package static func make(_ name: Name, _ value: String, lasts seconds: Int?, isSecure: Bool) -> Cookie {
        Cookie(
            name: full(name, isSecure),
            value: value,
            maxAge: seconds,
            path: "/",
            secure: isSecure,
            httpOnly: true,
            sameSite: .lax
        )
    }

    /// A cookie with the chosen language, valid for a year.
    package static func language(_ language: Language, isSecure: Bool) -> Cookie {
        Cookie(
            name: LanguageChoice.cookie,
            value: language.rawValue,
            maxAge: 31_536_000,
            path: "/",
            secure: isSecure,
            httpOnly: true,
            sameSite: .lax
        )
    }

    private static func full(_ name: Name, _ isSecure: Bool) -> String { (isSecure ? "__Host-" : "") + name.rawValue }

    // Our values are short and consist of letters, digits, full stops, - and _; ignore anything else.
    private func value(_ name: Name, longest: Int = 256) -> String? {
        guard let value = request.cookies[Self.full(name, isSecure)]?.value, (1...longest).contains(value.utf8.count),
            value.utf8.allSatisfy({ Base64URL.isDigit($0) || $0 == UInt8(ascii: ".") })
        else { return nil }
        return value
    }
}
