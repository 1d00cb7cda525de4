import Accounts
import Gazetteer
import Hummingbird

/// The cookies of the portal: a session, the key of its forms, the mark of a known browser, a step begun, the language.
///
/// Behind TLS their names begin with `__Host-`, so that no other host of the domain can plant them (RFC 6265bis §4.1.3).
struct PortalCookies {
    private let request: Request
    private let isSecure: Bool

    /// Reads those of a request.
    init(_ request: Request, isSecure: Bool) { (self.request, self.isSecure) = (request, isSecure) }

    var session: String? { value(.session) }
    // Of our own making alone: what the browser chooses must never decide of what a token is made.
    var form: String? { value(.form).flatMap { SecretToken($0) }?.text }
    var device: String? { value(.device) }
    var step: String? { value(.step) }
    var identity: String? { value(.identity) }
    var draft: String? { value(.draft) }
    // A sealed address of 254 bytes and what the seal adds, in base64.
    var typed: String? { value(.typed, longest: 512) }

    /// What a cookie is for; its name without the prefix.
    enum Name: String {
        /// Who is signed in.
        case session = "oa_session"
        /// Ties forms to a browser; lasts until it is closed.
        case form = "oa_form"
        /// A browser in which somebody has signed in before.
        case device = "oa_device"
        /// The ticket of a sign-in that waits for its second step.
        case step = "oa_step"
        /// A sign-in at a provider that is under way: what is sent there, then the ticket of what came back.
        case identity = "oa_identity"
        /// The ticket of what was typed into a form whose session had ended.
        case draft = "oa_draft"
        /// The address that a mail was just asked for, sealed.
        case typed = "oa_typed"
    }

    /// Makes a cookie that only the server reads.
    ///
    /// - Parameter seconds: how long it lasts; nil until the browser is closed, 0 ends it.
    static func make(_ name: Name, _ value: String, lasts seconds: Int?, isSecure: Bool) -> Cookie {
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

    /// The choice of a language, for a year.
    static func language(_ language: Language, isSecure: Bool) -> Cookie {
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

    // Ours are short and of letters, digits, full stops, - and _; anything else was not set by us.
    private func value(_ name: Name, longest: Int = 256) -> String? {
        guard let value = request.cookies[Self.full(name, isSecure)]?.value, (1...longest).contains(value.utf8.count),
            value.utf8.allSatisfy({ Base64URL.isDigit($0) || $0 == UInt8(ascii: ".") })
        else { return nil }
        return value
    }
}
