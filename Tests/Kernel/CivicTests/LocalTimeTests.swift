import Testing

@testable import Civic

@Suite struct LocalTimeTests {
    // The times of summers before 2005 are those of Python's zoneinfo.
    @Test(
        "Almaty's time: UTC+6 until midnight of 1 March 2024, then UTC+5; with summer time before 2005",
        arguments: [
            (1_795_374_000, "2026-11-23T00:00"), (1_795_373_940, "2026-11-22T23:59"), (0, "1970-01-01T06:00"),
            (1_709_229_599, "2024-02-29T23:59"), (1_709_229_600, "2024-02-29T23:00"), (-86_400, "1969-12-31T06:00"),
            (1_709_233_200, "2024-03-01T00:00"), (253_402_300_799, "9999-12-31T23:59"),
            (1_090_000_000, "2004-07-17T00:46"), (1_120_000_000, "2005-06-29T05:06"),
        ]
    )
    func clock(seconds: Int, shown: String) { #expect(LocalTime(unixSeconds: seconds).description == shown) }

    @Test("The calendar counts day by day through two of its 400-year cycles")
    func calendar() throws {
        var expected = (year: 1_600, month: 1, day: 1)
        let first = try #require(LocalDate(year: 1_600, month: 1, day: 1)).number
        for number in first..<first + 2 * 146_097 {
            let date = LocalDate(number: number)
            guard (date.year, date.month, date.day) == (expected.year, expected.month, expected.day) else {
                Issue.record("\(date) is not \(expected)")
                return
            }
            expected.day += 1
            if expected.day > LocalDate.daysInMonth(expected.month, of: expected.year) {
                expected = (expected.year, expected.month + 1, 1)
            }
            if expected.month > 12 { expected = (expected.year + 1, 1, 1) }
        }
        #expect(expected.year == 2_400)
    }

    @Test func namedDays() throws {
        #expect(LocalDate(year: 1970, month: 1, day: 1)?.number == 0)
        #expect(LocalDate(year: 1, month: 1, day: 1)?.number == LocalDate.numbers.lowerBound)
        #expect(LocalDate(year: 9_999, month: 12, day: 31)?.number == LocalDate.numbers.upperBound)
        #expect(LocalDate(year: 2024, month: 2, day: 29)?.number == 19_782)
        #expect(LocalDate(year: 2026, month: 2, day: 29) == nil)
        #expect(LocalDate(year: 2026, month: 13, day: 1) == nil)
        #expect(LocalDate(year: 10_000, month: 1, day: 1) == nil)
        #expect(LocalDate(year: 2026, month: 11, day: 23)?.weekday == 0)
        #expect(LocalDate(year: 2026, month: 11, day: 29)?.monday.description == "2026-11-23")
    }

    @Test(
        "A term of months ends on the same number, or on the last day of a shorter month",
        arguments: [
            ("2026-12-14", 2, "2027-02-14"), ("2026-12-31", 2, "2027-02-28"), ("2027-12-31", 2, "2028-02-29"),
            ("2026-01-31", 3, "2026-04-30"), ("2026-12-15", 3, "2027-03-15"), ("2026-03-31", -1, "2026-02-28"),
            ("2026-05-05", 0, "2026-05-05"), ("2026-05-05", 120_000, "9999-12-31"),
            ("2026-05-05", -30_000, "0001-01-01"),
        ]
    )
    func months(start: String, count: Int, end: String) throws {
        #expect(try #require(LocalDate(start)).adding(months: count).description == end)
    }

    @Test("Times are read with and without an offset; a strict reader wants seconds with it, as RFC 3339 does")
    func reading() {
        #expect(LocalTime(reading: "2026-11-22T20:30Z")?.description == "2026-11-23T01:30")
        #expect(LocalTime(reading: "2026-11-22T20:30Z", isStrict: true) == nil)
        #expect(LocalTime(reading: "2024-02-29T17:45Z")?.description == "2024-02-29T23:45")
        #expect(LocalTime(reading: "2024-02-29T18:30:00Z", isStrict: true)?.description == "2024-02-29T23:30")
        #expect(LocalTime(reading: "2026-11-23T10:00:00+05:00")?.description == "2026-11-23T10:00")
        for text in ["", "2026-11-23", "2026-02-30T10:00", "2026-11-23T24:00", "2026-11-23T10:00+5"] {
            #expect(LocalTime(reading: text) == nil)
        }
    }

    // From the examples of ISO 8601 weeks: 2021-01-03 is in week 53 of 2020, 2024-12-30 in week 1 of 2025.
    @Test(arguments: [(2021, 1, 3, 53), (2024, 12, 30, 1), (2026, 1, 1, 1), (2026, 12, 31, 53), (2026, 11, 23, 48)])
    func week(year: Int, month: Int, day: Int, week: Int) {
        #expect(LocalDate(year: year, month: month, day: day)?.week == week)
    }
}
