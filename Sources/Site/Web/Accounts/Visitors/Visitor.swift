import Accounts
import Civic
import Foundation

/// The visitor of a request: identity, address, connection and cookies.
struct Visitor: Sendable {
    /// The signed-in person.
    var person: SignedIn?
    /// The session token from the cookie.
    var session: String?
    /// The value of the cookie that ties forms to a browser without a session; nil when there is none yet.
    var formKey: String?
    /// The mark of a browser in which someone has signed in before.
    var deviceMark: String?
    /// The ticket of a sign-in that awaits its second step.
    var step: String?
    /// The state or ticket of a provider sign-in in progress in this browser.
    var identity: String?
    /// The ticket of the form input from before the session ended.
    var draftTicket: String?
    /// The input for this page's form from before the session ended.
    var draft: FormBody?
    /// What was typed on the previous page, sealed.
    var typed: String?
    /// The full address; nil when the connection has none.
    var client: IPAddress?
    /// The subscriber's address, for counting attempts; "unknown" when the connection has none.
    var address = "unknown"
    /// Whether the connection uses TLS, here or at the proxy.
    var isSecure = false
    /// The `User-Agent` header.
    var userAgent: String?

    /// Browser and system, in short.
    var device: Device { Device(userAgent: userAgent) }

    /// The address used for rate limits.
    var from: RemoteAddress { RemoteAddress(address) }

    /// The seed of the visitor's form tokens; nil until the browser has a cookie.
    var formSeed: Data? { person?.formSeed ?? formKey.map { Data($0.utf8) } }
}
