import Testing

@testable import Civic

@Suite struct LocalTimeTests {
    @Test(
        "Almaty's time: UTC+6 until midnight of 1 March 2024, then UTC+5",
        arguments: [
            (1_795_374_000, "2026-11-23T00:00"), (1_795_373_940, "2026-11-22T23:59"), (0, "1970-01-01T06:00"),
            (1_709_229_599, "2024-02-29T23:59"), (1_709_229_600, "2024-02-29T23:00"), (-86_400, "1969-12-31T06:00"),
            (1_709_233_200, "2024-03-01T00:00"), (253_402_300_799, "9999-12-31T23:59"),
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

    // From the examples of ISO 8601 weeks: 2021-01-03 is in week 53 of 2020, 2024-12-30 in week 1 of 2025.
    @Test(arguments: [(2021, 1, 3, 53), (2024, 12, 30, 1), (2026, 1, 1, 1), (2026, 12, 31, 53), (2026, 11, 23, 48)])
    func week(year: Int, month: Int, day: Int, week: Int) {
        #expect(LocalDate(year: year, month: month, day: day)?.week == week)
    }
}
