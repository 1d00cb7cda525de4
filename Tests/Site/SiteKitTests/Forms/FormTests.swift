import Accounts
import Civic
import Foundation
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct FormTests {
    @Test(arguments: [
        ("a=1&b=2", "a", "1"), ("name=%D0%90%D0%B9", "name", "Ай"), ("a=b+c%2Bd", "a", "b c+d"), ("a=", "a", ""),
        ("a", "a", ""), ("a=1&a=2", "a", "1"), ("&&a=1&", "a", "1"), ("a=b=c", "a", "b=c"),
    ])
    func reads(body: String, name: String, value: String) throws {
        #expect(try FormBody(body).value(name) == value)
    }

    @Test(
        "Malformed forms, invalid text and forms beyond the limits are refused",
        arguments: [
            "a=%", "a=%2", "a=%GG", "a=%+1", "a=%FF", "a=%C3%28", "a=%00", String(repeating: "a=1&", count: 65),
            String(repeating: "n", count: 101) + "=1",
        ]
    )
    func refuses(body: String) {
        #expect(throws: Problem.self) { try FormBody(body) }
    }

    @Test("The fields of a mailed code count as secrets")
    func mailedCodesAreSecret() {
        for name in [CaptchaGate.codeField, CaptchaGate.ticketField, CaptchaGate.sendButton] {
            #expect(FormBody.secrets.contains(name), "\(name)")
        }
    }

    @Test("Passwords, codes and tickets are neither kept nor sent again")
    func secretsAreDropped() throws {
        let secrets = FormBody.secrets.sorted().map { "\($0)=secret" }.joined(separator: "&")
        let body = try FormBody("name=Asel&\(secrets)&\(CSRFTokens.field)=token")
        #expect(body.repeatable.map(\.name) == ["name", CSRFTokens.field])
    }

    @Test func spacesAndUnseenSignsAroundAValueDoNotCount() throws {
        let body = try FormBody("login=%20%E2%80%8Ba@example.kz%EF%BB%BF%0A&empty=%20%E2%80%8B")
        #expect(body.trimmed("login") == "a@example.kz")
        #expect(body.trimmed("empty") == nil)
    }

    @Test(arguments: [
        "/ru/account", "/kk/", "/ru/map?pin=76.9,43.2&category=park", "/api/docs?lang=ru", "/",
    ])
    func takesPathsOfThisSite(path: String) { #expect(ReturnPath(path)?.text == path) }

    @Test(arguments: [
        "", "ru/account", "//evil.kz", "/\\evil.kz", "\\/evil.kz", "https://evil.kz", "/a\u{0}b", "/a\nb", "/a b",
        "/\u{E9}",
        "/\u{7F}", "/auth/google", "/language/ru?to=/", "/a\"b", " /ru/", "/" + String(repeating: "a", count: 2_000),
    ])
    func refusesOtherPaths(path: String) { #expect(ReturnPath(path) == nil) }

    @Test func aPathInAnotherLanguage() throws {
        #expect(try #require(ReturnPath("/ru/map?q=1")).address(in: .kk) == "/kk/map?q=1")
        #expect(try #require(ReturnPath("/ru")).address(in: .kk) == "/kk/")
        #expect(try #require(ReturnPath("/api/docs")).address(in: .kk) == "/api/docs")
        #expect(try #require(ReturnPath("/rust")).address(in: .kk) == "/rust")
    }

    @Test func aFormKeepsWhatWasTypedExceptPasswords() throws {
        var form = Form([
            .line("name", "Name"), .password("password", "Password", autocomplete: "off"), .box("agree", "Agree"),
            .choice("role", "Role", [.init("a", "A"), .init("b", "B")], value: "a"),
        ])
        form.take(try FormBody("name=x&password=secret&agree=on&role=c"))
        #expect(form["name"] == "x" && form["password"] == "" && form["agree"] == "1" && form["role"] == "a")
        #expect(!form.hasFaults)
        form.fail("name", "first")
        form.fail("name", "second")
        form.fail("nothing", "general")
        #expect(form.hasFaults)
        #expect(form.faults.map(\.text) == ["general", "first"])
    }
}
