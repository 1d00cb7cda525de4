import Configuration
import Foundation
import Mail
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct MailSettingsTests {
    private func settings(_ values: [String: String]) throws(SiteError) -> MailSettings {
        var keys: [AbsoluteConfigKey: ConfigValue] = [:]
        for (key, value) in values {
            keys[AbsoluteConfigKey(stringLiteral: key)] = ConfigValue(.string(value), isSecret: false)
        }
        return try MailSettings(SettingsReader(values: keys), database: "/srv/city/portal.sqlite")
    }

    private func server(_ url: String, _ more: [String: String] = [:]) throws -> SMTPServer? {
        let values = ["smtp.url": url, "mail.from": "Ашық Алматы <no-reply@example.kz>"].merging(more) { $1 }
        guard case .smtp(let server) = try settings(values).transport else { return nil }
        return server
    }

    @Test("By default mails go to a folder next to the database")
    func nothing() throws {
        let settings = try settings([:])
        #expect(settings.folder?.path == "/srv/city/outbox")
        #expect(settings.from.name == "Open Almaty")
        #expect(try self.settings(["mail.folder": "/srv/mails"]).folder?.path == "/srv/mails")
    }

    @Test("An SMTP server uses STARTTLS, which is required unless the URL says otherwise")
    func startTLS() throws {
        let server = try #require(try server("smtp://ivan%40example.kz:p%3Aa%2Fs@mail.example.kz:2525"))
        #expect(server.host == "mail.example.kz")
        #expect(server.port == 2_525)
        #expect(server.security == .startTLS)
        #expect(server.username == "ivan@example.kz")
        #expect(server.password == "p:a/s")
        #expect(try self.server("smtp://mail.example.kz?tls=required")?.security == .startTLS)
        #expect(try self.server("smtp://mail.example.kz")?.port == 587)
    }

    @Test("Server addresses may use TLS or none, internationalised names, and IP addresses")
    func others() throws {
        #expect(try server("smtps://mail.example.kz")?.port == 465)
        #expect(try server("smtps://mail.example.kz")?.security == .tls)
        #expect(try server("smtp://localhost:25/?tls=none")?.security == SMTPServer.Security.none)
        #expect(try server("smtp://[::1]:25?tls=none")?.host == "::1")
        #expect(try server("smtps://пошта.қаз")?.host == "xn--80a1acn3a.xn--80ao21a")
    }

    @Test("Name and password can be set separately and take precedence")
    func apart() throws {
        let more = ["smtp.username": "ivan", "smtp.password": "p w"]
        let server = try #require(try server("smtps://old:old@mail.example.kz", more))
        #expect(server.username == "ivan")
        #expect(server.password == "p w")
    }

    @Test(
        "An invalid server is refused without repeating it, since it may contain a password",
        arguments: [
            "mail.example.kz", "http://geheim@mail.example.kz", "smtp://", "smtp://ivan:geheim@mail.example.kz/path",
            "smtp://ivan:geheim@mail.example.kz?tls=maybe", "smtp://ivan:geheim@mail.example.kz?tls=required&tls=none",
            "smtps://ivan:geheim@mail.example.kz?tls=none", "smtp://ivan:geheim@mail.example.kz:0",
            "smtp:///mail.example.kz",
            "smtp://ivan:geheim@mail_.example.kz", "smtp://ivan:geheim@mail.example.kz?tls=none",
            "smtp://ivan@mail.example.kz", "smtp://ivan:geheim@mail.example.kz:99999", "smtp://ivan:geheim@x#y",
        ]
    )
    func refused(url: String) throws {
        let error = #expect(throws: SiteError.self) { try server(url) }
        let text = "\(try #require(error))"
        #expect(text.hasPrefix("OPENALMATY_SMTP_"))
        #expect(!text.contains("geheim") && !text.contains("ivan"))
    }

    @Test("With a server the sender must be set and be a valid address")
    func from() throws {
        for from in ["", "Open Almaty", "a@b.kz\nBcc: c@d.kz", "Open <a@b..kz>"] {
            let error = #expect(throws: SiteError.self) {
                try settings(["smtp.url": "smtps://mail.example.kz", "mail.from": from])
            }
            #expect("\(try #require(error))".hasPrefix("OPENALMATY_MAIL_FROM must be"))
        }
        #expect(throws: SiteError.self) { try settings(["smtp.url": "smtps://mail.example.kz"]) }
    }

    @Test func certificates() throws {
        let error = #expect(throws: SiteError.self) {
            try server("smtps://mail.example.kz", ["smtp.ca": "/nowhere.pem"])
        }
        #expect("\(try #require(error))".hasPrefix("OPENALMATY_SMTP_CA"))
    }

    @Test("Printing the settings shows no password")
    func secrets() throws {
        let settings = try settings(["smtp.url": "smtps://ivan:geheim@mail.example.kz", "mail.from": "a@b.kz"])
        var dumped = ""
        dump(settings, to: &dumped)
        #expect(!dumped.contains("geheim") && !"\(settings)".contains("geheim"))
    }
}
