package import Civic
package import Foundation

/// The visitor of a request: identity, address, connection and cookies.
package struct Visitor: Sendable {
    /// The signed-in person.
    package var person: SignedIn?
    /// The session token from the cookie.
    package var session: String?
    /// The value of the cookie that ties forms to a browser without a session; nil when there is none yet.
    package var formKey: String?
    /// The mark of a browser in which someone has signed in before.
    package var deviceMark: String?
    /// The ticket of a sign-in that awaits its second step.
    package var step: String?
    /// The state or ticket of a provider sign-in in progress in this browser.
    package var identity: String?
    /// The ticket of the form input from before the session ended.
    package var draftTicket: String?
    /// The input for this page's form from before the session ended.
    package var draft: FormBody?
    /// What was typed on the previous page, sealed.
    package var typed: String?
    /// The full address; nil when the connection has none.
    package var client: IPAddress?
    /// The subscriber's address, for counting attempts; "unknown" when the connection has none.
    package var address = "unknown"
    /// Whether the connection uses TLS, here or at the proxy.
    package var isSecure = false
    /// The `User-Agent` header.
    package var userAgent: String?

    /// The address used for rate limits.
    package var from: RemoteAddress { RemoteAddress(address) }

    /// The seed of the visitor's form tokens; nil until the browser has a cookie.
    package var formSeed: Data? { person?.formSeed ?? formKey.map { Data($0.utf8) } }
}
