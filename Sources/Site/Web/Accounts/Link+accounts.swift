import Civic

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

    private var accountRoot: String { "/\(language.rawValue)" }

    var register: String { accountRoot + "/register" }
    var registered: String { register + "/sent" }
    var login: String { accountRoot + "/login" }
    var loginCode: String { login + "/code" }
    var logout: String { accountRoot + "/logout" }
    var forgot: String { accountRoot + "/password/forgot" }
    var forgotSent: String { forgot + "/sent" }
    var resetDone: String { accountRoot + "/password/changed" }
    var agreement: String { accountRoot + "/agreement" }
    var account: String { accountRoot + "/account" }
    var lostMailbox: String { account(.email) + "/lost" }
    var accountExport: String { account(.data) + "/export" }
    var erasureSent: String { account(.erasure) + "/sent" }
    var erased: String { accountRoot + "/erased" }
    var staffUsers: String { accountRoot + "/staff/users" }
    var staffMail: String { accountRoot + "/staff/mail" }
    var staffAudit: String { accountRoot + "/staff/audit" }
    var finishIdentity: String { accountRoot + "/auth/finish" }
    var askIdentityEmail: String { accountRoot + "/auth/email" }
    var confirmIdentity: String { accountRoot + "/auth/confirm" }
    static let developmentMail = "/dev/mail"

    func activation(_ token: String) -> String { accountRoot + "/activate/" + token }

    func reset(_ token: String) -> String { accountRoot + "/password/reset/" + token }

    func emailConfirmation(_ token: String) -> String { accountRoot + "/email/confirm/" + token }

    func emailCancellation(_ token: String) -> String { accountRoot + "/email/cancel/" + token }

    func erasureConfirmation(_ token: String) -> String { accountRoot + "/erase/" + token }

    func identityConfirmation(_ token: String) -> String { accountRoot + "/auth/link/" + token }

    func staffUser(_ id: String) -> String { staffUsers + "/" + Self.encode(id) }

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
            let page = "\(accountRoot)/\(page)"
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

    /// The address that stores a language and redirects to a page in it.
    static func language(_ language: Language, to path: String) -> String {
        "/language/\(language.rawValue)?to=" + encode(path)
    }
}
