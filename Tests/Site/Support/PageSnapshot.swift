import Foundation
import TestSupport
import Testing

/// The recorded HTML of a page, in `Tests/Snapshots`.
///
/// With `UPDATE_SNAPSHOTS=1` in the environment, tests record what they get instead of comparing; look at the difference in
/// version control before committing it.
struct PageSnapshot {
    private static let folder = ProductFolder.url.appending(path: "Tests/Snapshots")

    /// The name of the file without its ending.
    let name: String

    /// Compares a page with its record, from `<main>` to `</main>` unless the whole page is wanted.
    func check(_ html: String, isWhole: Bool = false, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let text = Self.stable(isWhole ? html : try Self.main(of: html))
        let file = Self.folder.appending(path: name + ".html")
        if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] != nil {
            try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
            return try Data(text.utf8).write(to: file)
        }
        let recorded = try #require(
            try? String(contentsOf: file, encoding: .utf8),
            "\(name) is not recorded: run the tests with UPDATE_SNAPSHOTS=1",
            sourceLocation: sourceLocation
        )
        let difference = zip(recorded.split(separator: "\n"), text.split(separator: "\n")).first { $0 != $1 }
        #expect(
            recorded == text,
            "\(name): recorded \(difference?.0 ?? "…"), now \(difference?.1 ?? "…")",
            sourceLocation: sourceLocation
        )
    }

    private static func main(of html: String) throws -> String {
        let start = try #require(html.range(of: "<main"))
        let end = try #require(html.range(of: "</main>"))
        return String(html[start.lowerBound..<end.upperBound]) + "\n"
    }

    /// The page without what differs from build to build and from minute to minute, and without the texts of the map's script.
    private static func stable(_ html: String) -> String {
        html.replacing(/\?v=[0-9a-f]{16}/, with: "?v=…")
            .replacing(/(?s)<p class="open-state.*?<\/table>/, with: "<p>…</p>")
            .replacing(/(?s)"strings":\{.*?\}<\/script>/, with: "\"strings\":…</script>")
            .replacing(/name="csrf" value="[^"]*"/, with: "name=\"csrf\" value=\"…\"")
    }
}

extension PageSnapshot {
    /// The snapshots that stand for a page of each route with GET, by the route without its language.
    ///
    /// The other snapshots show further states of the same pages.
    static let routes = [
        "/": "home-ru", "/search": "search-start", "/map": "map", "/directory": "directory",
        "/directory/{category}": "category", "/organizations/{id}": "organization", "/districts": "districts",
        "/districts/{slug}": "district", "/api/docs": "developers", "/login": "account-login",
        "/login/code": "account-login-code", "/register": "account-register", "/register/sent": "account-register-sent",
        "/activate/{token}": "account-activate", "/password/forgot": "account-forgot",
        "/password/forgot/sent": "account-forgot-sent", "/password/reset/{token}": "account-reset",
        "/password/changed": "account-password-changed", "/agreement": "account-agreement",
        "/agreement/{version}": "account-agreement-version", "/agreement/new": "account-agreement-new",
        "/logout": "account-logout", "/auth/finish": "account-provider-finish", "/auth/email": "account-provider-email",
        "/auth/confirm": "account-provider-confirm", "/auth/link/{token}": "account-provider-link",
        "/auth/{provider}/callback": "account-provider-refused", "/erase/{token}": "account-erase",
        "/erased": "account-erased", "/email/confirm/{token}": "account-email-confirm",
        "/email/cancel/{token}": "account-email-cancel", "/account": "account-overview",
        "/account/name": "account-name", "/account/username": "account-username", "/account/email": "account-email",
        "/account/email/lost": "account-email-lost", "/account/phone": "account-phone", "/account/iin": "account-iin",
        "/account/language": "account-language", "/account/notifications": "account-notifications",
        "/account/password": "account-password", "/account/second-factor": "account-second-factor",
        "/account/second-factor/off": "account-second-factor-off",
        "/account/second-factor/codes": "account-second-factor-renewal", "/account/sessions": "account-sessions",
        "/account/identities": "account-identities", "/account/consents": "account-consents",
        "/account/data": "account-data", "/account/delete": "account-delete",
        "/account/delete/sent": "account-delete-sent", "/staff/users": "account-staff-users",
        "/staff/users/{id}": "account-staff-person", "/staff/mail": "account-staff-mail",
        "/staff/audit": "account-staff-audit", "/dev/mail": "account-dev-mails", "/dev/mail/{id}": "account-dev-mail",
    ]

    /// Compares the page of an account or of staff with its record.
    ///
    /// The page that stands for a route must have been opened at that route.
    func check(_ page: TestPage, isWhole: Bool = false, sourceLocation: SourceLocation = #_sourceLocation) throws {
        expectRoute(of: page.path, sourceLocation)
        try check(Self.withoutSecrets(page.html), isWhole: isWhole, sourceLocation: sourceLocation)
    }

    /// Checks that the page that stands for a route was opened at that route.
    func expectRoute(of address: String, _ sourceLocation: SourceLocation = #_sourceLocation) {
        for (route, snapshot) in Self.routes where snapshot == name {
            let path = address.prefix { $0 != "?" }.replacing(/^\/(?:kk|ru|en)(?=\/)/, with: "")
            let (asked, wanted) = (path.split(separator: "/"), route.split(separator: "/"))
            let isSame = asked.count == wanted.count && zip(asked, wanted).allSatisfy { $1.hasPrefix("{") || $0 == $1 }
            #expect(isSame, "\(name) stands for \(route), not for \(path)", sourceLocation: sourceLocation)
        }
    }

    /// Without times, tokens, numbers and secrets, which differ from run to run.
    static func withoutSecrets(_ html: String) -> String {
        withoutTokens(html)
            .replacing(
                /\d{1,2} (?:января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря) \d{4} г\.(?:, \d\d:\d\d)?/,
                with: "(дата)"
            )
            .replacing(/\d{4} жылғы \d{1,2} \p{L}+, \d\d:\d\d/, with: "(уақыт)")
            .replacing(/\d\d\.\d\d\.\d{4} \d\d:\d\d/, with: "(время)")
            .replacing(/value="[A-Za-z0-9_.\-]{30,}"/, with: "value=\"…\"")
            .replacing(/<code>[A-Za-z0-9 \-]{8,}<\/code>/, with: "<code>…</code>")
            .replacing(/\/dev\/mail\/[^"?\/]+/, with: "/dev/mail/…")
            .replacing(/otpauth:[^"]*/, with: "otpauth:…")
            .replacing(/viewBox="0 0 \d+ \d+" width="\d+" height="\d+"/, with: "viewBox=\"…\"")
            .replacing(/<path d="M[^"]*" fill="#000"\/>/, with: "<path/>")
    }

    /// Without the tokens of mailed links.
    static func withoutTokens(_ text: String) -> String {
        text.replacing(/\/(activate|reset|confirm|erase|cancel|link)\/[A-Za-z0-9_\-]{20,}/) { "/\($0.1)/…" }
    }
}
