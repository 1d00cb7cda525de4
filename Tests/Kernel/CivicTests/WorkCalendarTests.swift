import TestSupport
import Testing

@testable import Civic

/// Terms counted by `WorkCalendar`, against dates that the PyPI package `holidays` (KZ) gave, and against a list of days.
@Suite struct WorkCalendarTests {
    /// Received · registered · 3 working days after it · 15 · 3 before those 15 · 20; the days of a working day from 9:00 to
    /// 18:30.
    static let vectors = """
        2026-11-23T10:00 2026-11-23 2026-11-26 2026-12-14 2026-12-09 2026-12-22
        2026-11-23T18:29 2026-11-23 2026-11-26 2026-12-14 2026-12-09 2026-12-22
        2026-11-23T18:30 2026-11-24 2026-11-27 2026-12-15 2026-12-10 2026-12-23
        2026-11-21T12:00 2026-11-23 2026-11-26 2026-12-14 2026-12-09 2026-12-22
        2026-11-24T03:10 2026-11-24 2026-11-27 2026-12-15 2026-12-10 2026-12-23
        2026-11-25T09:00 2026-11-25 2026-11-30 2026-12-17 2026-12-11 2026-12-24
        2025-12-29T09:00 2025-12-29 2026-01-05 2026-01-22 2026-01-19 2026-01-29
        2025-12-31T19:05 2026-01-05 2026-01-09 2026-01-27 2026-01-22 2026-02-03
        2026-01-06T17:00 2026-01-06 2026-01-12 2026-01-28 2026-01-23 2026-02-04
        2026-02-13T09:00 2026-02-13 2026-02-18 2026-03-06 2026-03-03 2026-03-16
        2026-03-06T16:45 2026-03-06 2026-03-12 2026-04-02 2026-03-30 2026-04-09
        2026-03-19T11:00 2026-03-19 2026-03-27 2026-04-14 2026-04-09 2026-04-21
        2026-03-21T08:00 2026-03-26 2026-03-31 2026-04-16 2026-04-13 2026-04-23
        2026-04-30T12:00 2026-04-30 2026-05-06 2026-05-26 2026-05-21 2026-06-03
        2026-05-10T13:00 2026-05-12 2026-05-15 2026-06-03 2026-05-29 2026-06-10
        2026-05-26T15:00 2026-05-26 2026-06-01 2026-06-17 2026-06-12 2026-06-24
        2026-10-24T09:30 2026-10-27 2026-10-30 2026-11-17 2026-11-12 2026-11-24
        2026-12-15T20:00 2026-12-17 2026-12-22 2027-01-12 2027-01-06 2027-01-19
        2027-03-15T10:00 2027-03-16 2027-03-19 2027-04-09 2027-04-06 2027-04-16
        2027-12-15T10:00 2027-12-15 2027-12-21 2028-01-11 2028-01-05 2028-01-18
        2025-01-04T12:00 2025-01-05 2025-01-09 2025-01-27 2025-01-22 2025-02-03
        2023-07-01T11:00 2023-07-01 2023-07-05 2023-07-25 2023-07-20 2023-08-01
        2022-10-22T10:00 2022-10-22 2022-10-28 2022-11-15 2022-11-10 2022-11-22
        """

    private static func date(_ text: Substring) throws -> LocalDate {
        let parts = text.prefix(10).split(separator: "-").compactMap { Int($0) }
        return try #require(parts.count == 3 ? LocalDate(year: parts[0], month: parts[1], day: parts[2]) : nil)
    }

    private static func time(_ text: Substring) throws -> LocalTime {
        let parts = text.dropFirst(11).split(separator: ":").compactMap { Int($0) }
        return LocalTime(try date(text), minute: parts[0] * 60 + parts[1])
    }

    @Test("Terms end on the dates that an independent calendar gives", arguments: vectors.split(separator: "\n"))
    func terms(row: Substring) throws {
        let cells = row.split(separator: " ")
        let calendar = WorkCalendar()
        let registered = calendar.registrationDay(of: try Self.time(cells[0]))
        let answer = calendar.day(15, workingDaysAfter: registered)
        let days = [
            registered, calendar.day(3, workingDaysAfter: registered), answer,
            calendar.day(3, workingDaysBefore: answer), calendar.day(20, workingDaysAfter: registered),
        ]
        #expect(days.map(\.description) == cells.dropFirst().map(String.init))
    }

    @Test("Counting without the holidays would give other dates")
    func holidaysMatter() throws {
        func weekdays(_ count: Int, after start: LocalDate) -> LocalDate {
            var (day, left) = (start, count)
            while left > 0 {
                day = day.adding(days: 1)
                left -= day.isWeekend ? 0 : 1
            }
            return day
        }
        let start = try Self.date("2026-03-19")
        #expect(weekdays(15, after: start).description == "2026-04-09")
        #expect(WorkCalendar().day(15, workingDaysAfter: start).description == "2026-04-14")
    }

    /// The days off of 2024 to 2026 other than weekends, as the Ministry of Labour and Kazinform listed them.
    private static let daysOff = """
        2024-01-01 2024-01-02 2024-03-08 2024-03-21 2024-03-22 2024-03-25 2024-05-01 2024-05-07 2024-05-08 2024-05-09
        2024-07-08 2024-08-30 2024-10-25 2024-12-16 2025-01-01 2025-01-02 2025-01-03 2025-01-07 2025-03-10 2025-03-21
        2025-03-24 2025-03-25 2025-05-01 2025-05-07 2025-05-09 2025-06-06 2025-07-07 2025-09-01 2025-10-27 2025-12-16
        2026-01-01 2026-01-02 2026-01-07 2026-03-09 2026-03-23 2026-03-24 2026-03-25 2026-05-01 2026-05-07 2026-05-11
        2026-05-27 2026-07-06 2026-10-26 2026-12-16
        """
    private static let worked: Set = ["2024-05-04", "2025-01-05"]

    @Test("Counts as a list of all working days of three years does, from every minute")
    func bruteForce() throws {
        let off = Set(Self.daysOff.split { $0 == " " || $0 == "\n" }.map(String.init))
        let (first, last) = (try Self.date("2024-01-01"), try Self.date("2026-12-31"))
        let working = (first.number...last.number).filter { number in
            let day = LocalDate(number: number)
            return Self.worked.contains(day.description) || (!day.isWeekend && !off.contains(day.description))
        }
        let calendar = WorkCalendar()
        for number in first.number...last.number {
            #expect(calendar.isWorkingDay(LocalDate(number: number)) == working.contains(number))
        }
        var random = SplitMix64(seed: 76)
        for _ in 0..<3_000 {
            let day = Int.random(in: first.number...last.number - 120, using: &random)
            let time = LocalTime(LocalDate(number: day), minute: Int.random(in: 0..<1_440, using: &random))
            let isLate = time.minute >= 1_110
            let registered = try #require(working.firstIndex { isLate ? $0 > day : $0 >= day })
            #expect(calendar.registrationDay(of: time).number == working[registered])
            let count = Int.random(in: 1...60, using: &random)
            #expect(calendar.day(count, workingDaysAfter: time.date).number == working.filter { $0 > day }[count - 1])
            let earlier = working.filter { $0 < day }
            if earlier.count >= count {
                #expect(
                    calendar.day(count, workingDaysBefore: time.date).number == earlier[earlier.count - count]
                )
            }
            let next = calendar.nextWorkingMoment(time)
            let isNow = working.contains(day) && (540..<1_110).contains(time.minute)
            #expect(next == (isNow ? time : LocalTime(LocalDate(number: working[registered]), minute: 540)))
        }
    }

    @Test("A term is provisional while its days off may still change")
    func provisional() throws {
        let calendar = WorkCalendar()
        func isProvisional(_ first: Substring, _ last: Substring) throws -> Bool {
            calendar.isProvisional(from: try Self.date(first), through: try Self.date(last))
        }
        #expect(try !isProvisional("2026-05-20", "2026-06-10"))
        #expect(try !isProvisional("2026-11-23", "2026-12-14"))
        #expect(try isProvisional("2026-12-15", "2027-01-12"))
    }

    @Test("Terms end within the supported years")
    func bounds() {
        let (first, last) = (LocalDate(number: .min), LocalDate(number: .max))
        #expect(WorkCalendar().day(5, workingDaysAfter: last) == last)
        #expect(WorkCalendar().day(5, workingDaysBefore: first) == first)
    }
}
