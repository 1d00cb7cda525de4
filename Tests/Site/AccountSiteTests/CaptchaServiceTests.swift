import Configuration
import Foundation
import HTTPTypes
import Hummingbird
import Synchronization
import TestSupport
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct CaptchaServiceTests {
    private final class ReceivedForms: Sendable {
        private let forms = Mutex<[String]>([])
        var all: [String] { forms.withLock { $0 } }
        func add(_ form: String) { forms.withLock { $0.append(form) } }
    }

    /// Registers while the service reports that the captcha was solved on a host; returns the status and the requests.
    private func register(solvedOn host: String) async throws -> (status: Int, received: [String]) {
        let received = ReceivedForms()
        let router = Router()
        router.post("siteverify") { request, _ in
            received.add(String(buffer: try await request.body.collect(upTo: 65_536)))
            let text = "{\"success\":true,\"hostname\":\"\(host)\"}"
            return Response(status: .ok, body: .init(byteBuffer: .init(string: text)))
        }
        let status = try await LoopbackServer.run(router) { base in
            let values: [AbsoluteConfigKey: ConfigValue] = [
                "captcha.kind": ConfigValue(.string("turnstile"), isSecret: false),
                "captcha.site.key": ConfigValue(.string("site"), isSecret: false),
                "captcha.secret": ConfigValue(.string("secret"), isSecret: true),
                "captcha.endpoint": ConfigValue(.string(base + "/siteverify"), isSecret: false),
                "public.url": ConfigValue(.string("https://open.almaty.kz:8443"), isSecret: false),
                "trusted.proxy": ConfigValue(.string("127.0.0.1"), isSecret: false),
            ]
            let statuses = Mutex<[Int]>([])
            try await AccountPortal.test(values) { portal async throws in
                let browser = portal.browser()
                try await browser.get("/ru/register")
                let page = try await browser.post(
                    "/ru/register",
                    [("name", "Айгүл"), ("email", "a@example.kz"), ("agree", "1"), ("cf-turnstile-response", "solved")]
                )
                statuses.withLock { $0.append(page.status) }
            }
            return statuses.withLock { $0.first ?? 0 }
        }
        return (status, received.all)
    }

    @Test("A captcha that was solved on another host does not pass")
    func hostname() async throws {
        #expect(try await register(solvedOn: "open.almaty.kz").status == 303)
        #expect(try await register(solvedOn: "evil.example").status == 422)
    }

    @Test("The service is sent a full address or none: never a network, never a word")
    func remoteAddress() async throws {
        // The router under test has no connection and therefore no address.
        for form in try await register(solvedOn: "open.almaty.kz").received { #expect(!form.contains("remoteip")) }
        let address = try #require(IPAddress("2001:db8:1:2:3:4:5:6"))
        #expect(address.text == "2001:db8:1:2:3:4:5:6" && address.subscriber == "2001:db8:1:2::")
        #expect(IPAddress("::ffff:192.0.2.1")?.text == "192.0.2.1")
        #expect(IPAddress(address.text) == address)
    }
}
