import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct PathFormTests {
    @Test(arguments: [
        "/", "/ru/", "/ru", "/ru/login", "/api/v1/districts/west", "/ru/%D0%B0", "/a.b", "/a..b", "/...", "/ru/a%2Ab",
    ])
    func plain(path: String) { #expect(PathForm(path) == .plain) }

    @Test(arguments: [
        ("//ru/login", "/ru/login"), ("/ru//login", "/ru/login"), ("/ru/login/", "/ru/login"), ("//", "/"),
        ("///ru///login//", "/ru/login"), ("//ru", "/ru/"), ("/ru//", "/ru/"), ("//example.com", "/example.com"),
        ("/healthz/", "/healthz"),
    ])
    func spaced(path: String, expected: String) { #expect(PathForm(path) == .spaced(expected)) }

    @Test(arguments: [
        "", "ru", "/%2Fru/login", "/%2fru/login", "/ru%2Flogin", "/ru/%2e%2e/", "/ru/%2E/login", "/ru/../login",
        "/./ru/login",
        "/ru/..", "/ru/.", "/\\ru", "/%5Cru/login", "/ru/%00", "/ru/%0d%0aX: y", "/ru/%", "/ru/%4", "/ru/%zz",
        "/ru/%7f",
        "/ru/.%2e/x", "//..//ru", "/ru/a\u{1}b",
    ])
    func refused(path: String) { #expect(PathForm(path) == .refused) }

    @Test("A path with a non-canonical spelling is redirected or not found, and never reaches a page")
    func answers() async throws {
        try await AccountPortal.test { portal async throws in
            let secure: HTTPFields = [try #require(HTTPField.Name("X-Forwarded-Proto")): "https"]
            for (path, target) in [
                ("//ru/login?to=/ru/map", "/ru/login?to=/ru/map"), ("/ru//login", "/ru/login"),
                ("/ru/login/", "/ru/login"),
            ] {
                let page = try await portal.browser(secure).get(path)
                #expect(page.status == 308 && page.location == target, "\(path)")
                #expect(page.headers[.setCookie] == nil, "\(path)")
                #expect(try await portal.browser(secure).post(path, [("a", "b")]).status == 404, "\(path)")
            }
            for path in ["/%2Fru/login", "/ru/%2e%2e/ru/login", "/ru/./login", "/%5Cru/login", "/ru/login%00"] {
                #expect(try await portal.browser(secure).get(path).status == 404, "\(path)")
            }
            let page = try await portal.browser(secure).get("/ru/login")
            #expect(page.headers[.setCookie]?.hasPrefix("__Host-") == true)
        }
    }
}
