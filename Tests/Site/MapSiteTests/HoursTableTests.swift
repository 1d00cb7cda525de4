import Civic
import Gazetteer
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct HoursTableTests {
    // 2026-11-23 is a Monday without a holiday near it.
    private func view(_ text: String, _ language: Language = .ru) throws -> OpeningHoursView {
        let words = try Strings(language, folders: try TestPortal.resources("Locale"))
        let now = LocalTime(LocalDate(number: 20_780), minute: 600)
        return try #require(HoursTable(hours: try OpeningHours(reading: text), words: words, now: now).view)
    }

    private func lines(_ text: String, _ language: Language = .ru) throws -> [String] {
        try view(text, language).lines.map { "\($0.days) \($0.times)" }
    }

    @Test("Comments are shown next to their days and times")
    func comments() throws {
        let text = #"Mo-Th 09:00-12:00 "по записи", Mo-Th 14:00-18:00; Sa "сообщат"; Su off "ремонт" || "звоните""#
        #expect(
            try lines(text) == [
                "пн–чт 09:00–12:00 (по записи), 14:00–18:00", "пт Выходной", "сб сообщат", "вс Выходной (ремонт)",
            ]
        )
        #expect(try view(text).comments == ["звоните"])
    }

    @Test("A comment about an excluded time names that time")
    func cuts() throws {
        #expect(
            try lines(#"Mo-Su 09:00-18:00; 12:00-13:00 off "обед""#) == [
                "пн–вс 09:00–12:00, 13:00–18:00 (12:00–13:00: обед)"
            ]
        )
    }

    @Test("An open end is shown and ends with the following time span")
    func openEnds() throws {
        #expect(try lines("Mo-Su 07:00+,12:00-16:00") == ["пн–вс 07:00–16:00"])
        #expect(try lines("24/7", .en) == ["Mon–Sun 24 hours"])
    }
}
