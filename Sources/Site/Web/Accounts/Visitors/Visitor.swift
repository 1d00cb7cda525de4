import Accounts
import Foundation

/// Who asks, from where, and over what.
struct Visitor: Sendable {
    /// The person who is signed in.
    var person: SignedIn?
    /// The token of the session, as the cookie has it.
    var session: String?
    /// The value of the cookie that ties forms to a browser without a session; nil when there is none yet.
    var formKey: String?
    /// The mark of a browser in which somebody has signed in before.
    var deviceMark: String?
    /// The ticket of a sign-in that waits for its second step.
    var step: String?
    /// A sign-in at a provider that is under way in this browser.
    var identity: String?
    /// The ticket of what was typed before the session ended.
    var draftTicket: String?
    /// What was typed into the form of this page before the session ended.
    var draft: FormBody?
    /// What was typed on the page before, sealed.
    var typed: String?
    /// The whole address; nil when the connection has none.
    var client: IPAddress?
    /// The subscriber's address, to count attempts by; "unknown" when the connection has none.
    var address = "unknown"
    /// Whether the connection is protected by TLS, here or at the server in front.
    var isSecure = false
    /// What the browser says of itself.
    var userAgent: String?

    /// Browser and system in short words.
    var device: Device { Device(userAgent: userAgent) }

    /// The address as the limits count it.
    var from: RemoteAddress { RemoteAddress(address) }

    /// What the tokens of this visitor's forms are made of; nil as long as the browser has no cookie.
    var formSeed: Data? { person?.formSeed ?? formKey.map { Data($0.utf8) } }
}
