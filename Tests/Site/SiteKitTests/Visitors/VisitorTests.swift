import Civic
import Foundation
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct VisitorTests {
    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8::1", "2001:db8:0:0::"), ("::1", "0:0:0:0::"), ("fe80::1:2", "fe80:0:0:0::"),
    ])
    func subscribers(text: String, subscriber: String) { #expect(IPAddress(text)?.subscriber == subscriber) }

    @Test(arguments: [
        "", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.a", "1.2.3.-4", ":::", "1::2::3", "12345::", "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9", "g::", "::1.2.3", String(repeating: "1", count: 46),
    ])
    func noAddresses(text: String) { #expect(IPAddress(text) == nil) }

    @Test("The client is the last address that is not a trusted proxy; other peers are not trusted")
    func forwarded() throws {
        let proxies = try #require(TrustedProxies("127.0.0.1, 10.0.0.0/8, ::1"))
        func client(_ peer: String, _ header: String?) -> String? {
            proxies.client(peer: IPAddress(peer), forwardedFor: header)?.subscriber
        }
        #expect(client("127.0.0.1", "192.0.2.7") == "192.0.2.7")
        #expect(client("127.0.0.1", "6.6.6.6, 192.0.2.7, 10.1.2.3") == "192.0.2.7")
        #expect(client("192.0.2.9", "6.6.6.6") == "192.0.2.9")
        #expect(client("127.0.0.1", nil) == "127.0.0.1")
        #expect(client("127.0.0.1", "not an address") == "127.0.0.1")
        #expect(client("::1", "10.0.0.1") == "10.0.0.1")
        #expect(
            TrustedProxies().client(peer: IPAddress("127.0.0.1"), forwardedFor: "6.6.6.6")?.subscriber == "127.0.0.1"
        )
        for wrong in ["localhost", "10.0.0.0/33", "10.0.0.0/x", "::1/129", "1.2.3.4/8/8"] {
            #expect(TrustedProxies(wrong) == nil, "\(wrong)")
        }
    }

    @Test("A form token is valid only for its browser and never looks the same twice")
    func tokens() throws {
        let box = ValueSealer(try KeyRing(texts: [Data((0..<32).map { UInt8($0) }).base64EncodedString()]))
        let keys = CSRFTokens(box)
        let (mine, theirs) = (Visitor(formKey: "mine"), Visitor(formKey: "theirs"))
        let token = try #require(keys.token(for: mine))
        #expect(token != keys.token(for: mine))
        #expect(keys.accepts(token, from: mine))
        #expect(!keys.accepts(token, from: theirs))
        #expect(!keys.accepts(token, from: Visitor()))
        #expect(keys.token(for: Visitor()) == nil)
        for wrong in [nil, "", "A", "AA", String(token.dropLast(2)), token + "AA", String(repeating: "A", count: 600)] {
            #expect(!keys.accepts(wrong, from: mine))
        }
        let others = CSRFTokens(ValueSealer(try KeyRing.random()))
        #expect(!others.accepts(token, from: mine))
    }

    @Test func anAddressThatMeansEveryInterfaceIsNoneToGoTo() {
        #expect(PortalAddress(publicURL: nil, host: "0.0.0.0", port: 8_080).text == "http://127.0.0.1:8080")
        #expect(PortalAddress(publicURL: nil, host: "::1", port: 80).text == "http://[::1]")
        let address = PortalAddress(publicURL: nil, host: "127.0.0.1", port: 0)
        address.listens(on: "127.0.0.1", port: 4_711)
        #expect(address.text == "http://127.0.0.1:4711")
        let fixed = PortalAddress(publicURL: "https://open.almaty.kz", host: "127.0.0.1", port: 0)
        fixed.listens(on: "127.0.0.1", port: 4_711)
        #expect(fixed.text == "https://open.almaty.kz")
    }
}
