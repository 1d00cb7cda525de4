import Accounts
import Testing

@Suite struct DeviceTests {
    @Test(arguments: [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Windows"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605 Version/17 Safari/605", "Safari, macOS"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/138.0 YaBrowser/25.6 Safari/537.36", "Yandex, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) CriOS/140 Mobile Safari/604", "Chrome, iPhone"),
        ("<script>alert(1)</script>\r\nX: y", ""), ("", ""),
    ])
    func words(header: String, expected: String) { #expect(Device(userAgent: header).text == expected) }

    @Test func aHeaderOfAnyLength() {
        #expect(Device(userAgent: String(repeating: "x", count: 100_000) + "Firefox/").text == "")
        #expect(Device(userAgent: nil).text == "")
    }
}
