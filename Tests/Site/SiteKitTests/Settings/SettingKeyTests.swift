import Foundation
import TestSupport
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

/// Compares the keys in docs/operations.md with those that the program reads.
@Suite struct SettingKeyTests {
    @Test("The table of settings lists every key and no others")
    func documented() throws {
        let text = try ProductFolder.text(of: "docs/operations.md")
        let start = try #require(text.range(of: "| key | default | meaning |"))
        let rows = text[start.upperBound...].split(separator: "\n", omittingEmptySubsequences: false)
            .dropFirst().prefix { $0.hasPrefix("|") }
        let named = rows.flatMap { row in
            row.split(separator: "|")[0].matches(of: /OPENALMATY_[A-Z_]+/).map { String($0.output) }
        }
        #expect(named.count > 40)
        #expect(Set(named).count == named.count, "a key has two rows")
        let known = Set(SettingKey.allCases.map(\.variable))
        #expect(known.subtracting(named).sorted() == [], "not documented")
        #expect(Set(named).subtracting(known).sorted() == [], "documented, but nothing reads it")
    }

    @Test("A key is found by each of its spellings")
    func spellings() {
        for key in SettingKey.allCases {
            for text in [key.variable, key.rawValue, key.rawValue.replacing(".", with: "_")] {
                #expect(SettingKey(spelled: text) == key)
            }
        }
        #expect(SettingKey(spelled: "PROT") == nil)
    }

    @Test("A mistyped key leads to the nearest key")
    func nearest() {
        #expect(SettingKey.nearest(to: "OPENALMATY_PROT") == .port)
        #expect(SettingKey.nearest(to: "OPENALMATY_SMTP_USER") == .smtpUsername)
        #expect(SettingKey.nearest(to: "OPENALMATY_LOGLEVEL") == .logLevel)
        #expect(SettingKey.nearest(to: "OPENALMATY_WEATHER_FORECAST") == nil)
    }
}
