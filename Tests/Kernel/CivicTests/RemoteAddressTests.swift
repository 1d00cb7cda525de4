import Civic
import Testing

@Suite struct RemoteAddressTests {
    @Test(
        "Addresses of one subscriber are equal",
        arguments: [
            ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"), ("2001:DB8:1:2::1", "2001:0db8:0001:0002::9"),
            ("::ffff:192.0.2.7", "192.0.2.7"), ("[2001:db8:1:2::1]", "2001:db8:1:2::5"), ("fe80::1%eth0", "fe80::2"),
            ("2001:db8::1", "2001:db8:0:0:1::"),
        ]
    )
    func same(left: String, right: String) { #expect(RemoteAddress(left) == RemoteAddress(right)) }

    @Test(
        "Addresses of two subscribers differ",
        arguments: [
            ("2001:db8:1:2::1", "2001:db8:1:3::1"), ("192.0.2.7", "192.0.2.8"), ("2001:db8::1", "2001:db8:0:1::1"),
        ]
    )
    func different(left: String, right: String) { #expect(RemoteAddress(left) != RemoteAddress(right)) }

    @Test("Malformed addresses do no harm", arguments: ["", ":::::", "%", "[]", "::", "not an address"])
    func nonsense(text: String) { #expect(RemoteAddress(text).key.count < 70) }

    @Test(
        "The networks of one /48 share a site",
        arguments: [
            ("2001:db8:1:2::1", "2001:db8:1:ffff::1", true), ("2001:db8:1:2::1", "2001:db8:2:2::1", false),
            ("2001:db8::1", "2001:0db8:0:5::", true),
        ]
    )
    func sites(left: String, right: String, isOne: Bool) throws {
        let (left, right) = (try #require(RemoteAddress(left).siteKey), try #require(RemoteAddress(right).siteKey))
        #expect((left == right) == isOne)
    }

    @Test(arguments: ["192.0.2.7", "::ffff:192.0.2.7", ""])
    func withoutSite(text: String) { #expect(RemoteAddress(text).siteKey == nil) }
}
