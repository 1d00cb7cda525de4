import Testing

@testable import Gazetteer

@Suite struct OpeningHoursTests {
    private func minute(_ day: Int, _ hour: Int, _ minute: Int = 0) -> Int { (day * 24 + hour) * 60 + minute }

    @Test func weekdays() throws {
        let hours = try #require(OpeningHours("Mo-Fr 09:00-13:00,14:00-18:00; Sa 10:00-14:00"))
        #expect(hours.isOpen(atMinuteOfWeek: minute(0, 9)))
        #expect(!hours.isOpen(atMinuteOfWeek: minute(0, 13)))
        #expect(hours.isOpen(atMinuteOfWeek: minute(4, 17, 59)))
        #expect(!hours.isOpen(atMinuteOfWeek: minute(4, 18)))
        #expect(hours.isOpen(atMinuteOfWeek: minute(5, 10)))
        #expect(!hours.isOpen(atMinuteOfWeek: minute(6, 10)))
    }

    @Test func pastMidnightAlsoFromSundayToMonday() throws {
        let hours = try #require(OpeningHours("Su 18:00-02:00"))
        #expect(hours.isOpen(atMinuteOfWeek: minute(6, 23)))
        #expect(hours.isOpen(atMinuteOfWeek: minute(0, 1, 59)))
        #expect(!hours.isOpen(atMinuteOfWeek: minute(0, 2)))
    }

    @Test func daysAcrossTheWeekEndAndOff() throws {
        let hours = try #require(OpeningHours("Sa-Mo 10:00-12:00; Su off; PH off"))
        #expect(hours.days.map(\.isEmpty) == [false, true, true, true, true, false, true])
    }

    @Test func always() throws {
        let hours = try #require(OpeningHours("24/7"))
        #expect((0..<7).allSatisfy { hours.isOpen(atMinuteOfWeek: minute($0, 3)) })
    }

    @Test(arguments: ["", "Пн 09:00-18:00", "Mo 9-18", "Mo 25:00-26:00", "Mo-Xx 09:00-18:00", "off", "Mo 09:00"])
    func refuses(text: String) { #expect(OpeningHours(text) == nil) }

    @Test("Almaty's week: 2026-11-23 00:00 +05:00 was a Monday")
    func minuteOfWeek() {
        #expect(OpeningHours.minuteOfWeek(unixSeconds: 1_795_374_000) == 0)
        #expect(OpeningHours.minuteOfWeek(unixSeconds: 1_795_373_940) == 7 * 1_440 - 1)
    }
}
