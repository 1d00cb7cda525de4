import Testing

@testable import Civic

@Suite struct HolidayCalendarTests {
    private func daysOff(_ year: Int) throws -> [String] {
        let first = try #require(LocalDate(year: year, month: 1, day: 1))
        return (0..<366).map { first.adding(days: $0) }.filter { $0.year == year }.compactMap { date in
            HolidayCalendar.dayOff(on: date).map { "\(date.description.dropFirst(5))\($0.isMoved ? "m" : "")" }
        }
    }

    // The lists were compared with Kazinform's of 2 January 2026, the Ministry of Labour's answers for 2024 to 2026, and
    // the PyPI package `holidays` (KZ).
    @Test func daysOffOf2024() throws {
        let expected = """
            01-01 01-02 01-07 03-08 03-21 03-22 03-23 03-25m 05-01 05-07 05-08m 05-09 06-16 07-06 07-08m 08-30 10-25 12-16
            """
        #expect(try daysOff(2_024).joined(separator: " ") == expected)
    }

    @Test func daysOffOf2025() throws {
        let expected = """
            01-01 01-02 01-03m 01-07 03-08 03-10m 03-21 03-22 03-23 03-24m 03-25m 05-01 05-07 05-09 06-06 07-06 07-07m \
            08-30 09-01m 10-25 10-27m 12-16
            """
        #expect(try daysOff(2_025).joined(separator: " ") == expected)
    }

    @Test("In 2026 Constitution Day is no longer on 30 August")
    func daysOffOf2026() throws {
        let expected = """
            01-01 01-02 01-07 03-08 03-09m 03-21 03-22 03-23 03-24m 03-25m 05-01 05-07 05-09 05-11m 05-27 07-06 10-25 \
            10-26m 12-16
            """
        #expect(try daysOff(2_026).joined(separator: " ") == expected)
    }

    @Test("From 2027 Constitution Day is 15 March; two days off in a row both move")
    func daysOffOf2027And2028() throws {
        let expected = """
            01-01 01-02 01-04m 01-07 03-08 03-15 03-21 03-22 03-23 03-24m 05-01 05-03m 05-07 05-09 05-10m 05-16 07-06 \
            10-25 12-16
            """
        #expect(try daysOff(2_027).joined(separator: " ") == expected)
        #expect(try daysOff(2_028).prefix(4) == ["01-01", "01-02", "01-03m", "01-04m"])
    }

    @Test("Before its first year the calendar has no entries")
    func earlyYears() throws { #expect(try daysOff(2_021).isEmpty) }

    @Test("Kurban Ait is certain only where it was announced")
    func kurbanAit() throws {
        for (year, isExpected) in [(2_026, false), (2_027, true), (2_040, true)] {
            let date = try #require(KurbanAit.firstDay(in: year))
            let dayOff = try #require(HolidayCalendar.dayOff(on: date))
            #expect(dayOff == DayOff(holiday: .kurbanAit, isMoved: false, isExpected: isExpected))
        }
    }

    @Test("The tabular calendar is at most a day from the announced and expected days")
    func tabularCalendar() throws {
        for year in 2_022...2_035 {
            let known = try #require(KurbanAit.firstDay(in: year))
            let computed = try #require(KurbanAit.computed(in: year))
            #expect(abs(known.number - computed.number) <= 1, "\(year)")
        }
        // Each computed day lies in its year: 2039 holds two, as an Islamic year is shorter.
        for year in 2_036...2_100 { #expect(KurbanAit.computed(in: year)?.year == year) }
    }
}
