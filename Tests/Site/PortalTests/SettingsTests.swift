import Configuration
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct SettingsTests {
    private func cautions(_ values: [AbsoluteConfigKey: ConfigValue]) throws -> [String] {
        try TestPortal.settings(values).cautions
    }

    @Test("A portal with a public address gets warnings about missing settings; a local trial does not")
    func cautions() throws {
        let url = ConfigValue(.string("https://open.almaty.kz"), isSecret: false)
        let proxy = ConfigValue(.string("127.0.0.1"), isSecret: false)
        let smtp = ConfigValue(.string("smtp://127.0.0.1:2525?tls=none"), isSecret: true)
        let from = ConfigValue(.string("a@example.kz"), isSecret: false)
        #expect(try cautions([:]) == [])
        let both = try cautions(["public.url": url])
        #expect(both.count == 2)
        #expect(both[0].contains("OPENALMATY_TRUSTED_PROXY") && both[1].contains("OPENALMATY_SMTP_URL"))
        #expect(try cautions(["public.url": url, "trusted.proxy": proxy]).map { $0.contains("SMTP") } == [true])
        #expect(try cautions(["public.url": url, "trusted.proxy": proxy, "smtp.url": smtp, "mail.from": from]) == [])
    }
}
