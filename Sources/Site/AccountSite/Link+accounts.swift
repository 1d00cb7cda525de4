import Civic
import SiteKit

extension Link {
    /// The pages of one's own account, each with its path segment.
    enum AccountPart: String, CaseIterable {
        case name
        case username
        case email
        case phone
        case iin
        case language
        case notifications
        case password
        case secondFactor = "second-factor"
        case sessions
        case identities
        case consents
        case data
        case erasure = "delete"

        /// The stem of its text keys.
        var key: String { "account_" + rawValue.replacing("-", with: "_") }
    }

    var register: String { root + "/register" }
    var registered: String { register + "/sent" }
    var login: String { root + "/login" }
    var loginCode: String { login + "/code" }
    var logout: String { root + "/logout" }
    var forgot: String { root + "/password/forgot" }
    var forgotSent: String { forgot + "/sent" }
    var resetDone: String { root + "/password/changed" }
    var agreement: String { root + "/agreement" }
    var account: String { root + "/account" }
    var lostMailbox: String { account(.email) + "/lost" }
    var accountExport: String { account(.data) + "/export" }
    var erasureSent: String { account(.erasure) + "/sent" }
    var erased: String { root + "/erased" }
    var finishIdentity: String { root + "/auth/finish" }
    var askIdentityEmail: String { root + "/auth/email" }
    var confirmIdentity: String { root + "/auth/confirm" }
    static let developmentMail = "/dev/mail"

    func activation(_ token: String) -> String { root + "/activate/" + token }

    func reset(_ token: String) -> String { root + "/password/reset/" + token }

    func emailConfirmation(_ token: String) -> String { root + "/email/confirm/" + token }

    func emailCancellation(_ token: String) -> String { root + "/email/cancel/" + token }

    func erasureConfirmation(_ token: String) -> String { root + "/erase/" + token }

    func identityConfirmation(_ token: String) -> String { root + "/auth/link/" + token }

    func account(_ part: AccountPart) -> String { account + "/" + part.rawValue }

    /// The sign-in page, which returns to a path afterwards.
    ///
    /// - Parameters:
    ///   - isNeeded: whether the page explains that the requested page requires signing in.
    ///   - isKept: whether it says that the input there was kept.
    func login(to path: String?, isNeeded: Bool = false, isKept: Bool = false) -> String {
        var query: [String] = []
        if let path = ReturnPath(path), path.text != home, !leadsInCircle(path.text) {
            query.append("to=" + Self.encode(path.text))
        }
        if isNeeded { query.append("needed=1") }
        if isKept { query.append("kept=1") }
        return query.isEmpty ? login : login + "?" + query.joined(separator: "&")
    }

    // Pages for signing in and out, and those with a secret URL, are not worth returning to.
    private func leadsInCircle(_ path: String) -> Bool {
        [
            "login", "logout", "register", "activate", "password", "email", "auth/link", "auth/finish", "auth/email",
            "erase",
        ]
        .contains { page in
            let page = "\(root)/\(page)"
            return path == page || ["/", "?", "#"].contains { path.hasPrefix(page + $0) }
        }
    }

    /// The page that asks for consent to the new agreement and then continues to a path.
    func newAgreement(to path: String) -> String { agreement + "/new?to=" + Self.encode(path) }

    /// The address that begins a sign-in at a provider.
    func provider(_ name: String, to path: String? = nil) -> String {
        let query = path.map { "&to=" + Self.encode($0) } ?? ""
        return "/auth/" + Self.encode(name) + "?lang=" + language.rawValue + query
    }
}
