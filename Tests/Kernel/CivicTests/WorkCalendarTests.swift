import Foundation
import TestSupport
import Testing

@testable import Civic

/// Working days counted by `WorkCalendar` on the shipped calendar, against a list of days and a second way of counting.
@Suite struct WorkCalendarTests {
    private let calendar: WorkCalendar

    init() throws { calendar = try EmbeddedCalendar.calendar() }

    private static func date(_ text: String) throws -> LocalDate { try #require(LocalDate(text)) }

    private static func time(_ text: String) throws -> LocalTime { try #require(LocalTime(reading: text)) }

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
        for (start, wrong, right) in [
            ("2026-03-19", "2026-04-09", "2026-04-14"), ("2026-04-30", "2026-05-21", "2026-05-26"),
        ] {
            #expect(weekdays(15, after: try Self.date(start)).description == wrong)
            #expect(try calendar.day(15, workingDaysAfter: try Self.date(start)).description == right)
        }
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

    @Test("The shipped calendar has the days off that were published for three years")
    func publishedDays() throws {
        let off = Set(Self.daysOff.split { $0 == " " || $0 == "\n" }.map(String.init))
        let (first, last) = (try Self.date("2024-01-01"), try Self.date("2026-12-31"))
        for number in first.number...last.number {
            let day = LocalDate(number: number)
            let isWorked = Self.worked.contains(day.description) || (!day.isWeekend && !off.contains(day.description))
            // 7 January 2024 was a Sunday, and is not in the list of days other than weekends.
            #expect(try calendar.isWorkingDay(day) == isWorked, "\(day)")
        }
    }

    @Test("The shipped calendar has the days off that the rules of the law give, for every year it covers")
    func agreesWithTheLaw() throws {
        #expect(calendar.years == Set(2_022...2_028))
        for entry in try EmbeddedCalendar.days() where entry.kind != .worked {
            let expected = try #require(HolidayCalendar.dayOff(on: entry.date), "\(entry.date)")
            #expect(expected.holiday == entry.holiday && expected.isMoved == (entry.kind == .moved), "\(entry.date)")
            #expect(Set(entry.names.keys) == Set(Language.allCases))
        }
        let days = Set(try EmbeddedCalendar.days().map(\.date))
        let (first, last) = (try Self.date("2022-01-01"), try Self.date("2028-12-31"))
        for number in first.number...last.number {
            let day = LocalDate(number: number)
            if HolidayCalendar.dayOff(on: day) != nil { #expect(days.contains(day), "\(day)") }
        }
    }

    /// A second way of counting: the numbers of all working days in one list.
    private struct WorkingDays {
        let numbers: [Int]

        init(_ days: [CalendarDay], years: ClosedRange<Int>) throws {
            let off = Set(days.filter { $0.kind != .worked }.map(\.date.number))
            let worked = Set(days.filter { $0.kind == .worked }.map(\.date.number))
            let first = try #require(LocalDate(year: years.lowerBound, month: 1, day: 1)).number
            let last = try #require(LocalDate(year: years.upperBound, month: 12, day: 31)).number
            // 1970-01-01 was a Thursday.
            numbers = (first...last).filter { worked.contains($0) || (($0 + 3) % 7 < 5 && !off.contains($0)) }
        }

        /// The index of the first working day that is not before a day.
        func index(from number: Int) -> Int {
            var (low, high) = (0, numbers.count)
            while low < high {
                let middle = (low + high) / 2
                if numbers[middle] < number { low = middle + 1 } else { high = middle }
            }
            return low
        }
    }

    @Test("Counts as a list of all working days does, from 100,000 random instants of 2022 to 2027")
    func bruteForce() throws {
        let working = try WorkingDays(try EmbeddedCalendar.days(), years: 2_022...2_028)
        let (first, last) = (try Self.date("2022-06-01").number, try Self.date("2027-12-31").number)
        var random = SplitMix64(seed: 76)
        var differences: [String] = []
        for _ in 0..<100_000 {
            let day = Int.random(in: first...last, using: &random)
            let time = LocalTime(LocalDate(number: day), minute: Int.random(in: 0..<1_440, using: &random))
            let count = Int.random(in: 1...25, using: &random)
            let registered = working.index(from: time.minute >= 1_110 ? day + 1 : day)
            let after = working.index(from: day + 1)
            let end = working.numbers[after + count - 1]
            let isNow = working.numbers[registered] == day && (540..<1_110).contains(time.minute)
            let isRight = [
                try calendar.registrationDay(of: time).number == working.numbers[registered],
                try calendar.day(count, workingDaysAfter: time.date).number == end,
                try calendar.day(count, workingDaysBefore: time.date).number
                    == working.numbers[working.index(from: day) - count],
                try calendar.workingDays(after: time.date, through: LocalDate(number: end)) == count,
                try calendar.workingDays(after: LocalDate(number: end), through: time.date) == -count,
                try calendar.nextWorkingMoment(time)
                    == (isNow ? time : LocalTime(LocalDate(number: working.numbers[registered]), minute: 540)),
            ]
            if isRight.contains(false) { differences.append("\(time), \(count) days: \(isRight)") }
        }
        #expect(differences.isEmpty, "\(differences.prefix(5))")
    }

    @Test("Working minutes are those that a count of single minutes gives")
    func minutes() throws {
        var random = SplitMix64(seed: 5)
        let first = try Self.date("2025-12-01").number
        for _ in 0..<60 {
            let day = first + Int.random(in: 0..<120, using: &random)
            let start = LocalTime(LocalDate(number: day), minute: Int.random(in: 0..<1_440, using: &random))
            let minutes = Int.random(in: 1...3_000, using: &random)
            // The moment after the last of these working minutes.
            var (left, number, minute) = (minutes, day, start.minute)
            var isWorked = try calendar.isWorkingDay(LocalDate(number: number))
            while left > 0 {
                if isWorked, calendar.hours.contains(minute) { left -= 1 }
                minute += 1
                if minute == 1_440 {
                    (number, minute) = (number + 1, 0)
                    isWorked = try calendar.isWorkingDay(LocalDate(number: number))
                }
            }
            let end = LocalTime(LocalDate(number: number), minute: minute)
            #expect(try calendar.time(minutes, workingMinutesAfter: start) == end)
            #expect(try calendar.workingMinutes(from: start, to: end) == minutes)
            #expect(try calendar.workingMinutes(from: end, to: start) == 0)
        }
    }

    @Test("Each skipped day has its reason")
    func skippedDays() throws {
        let days = try calendar.skippedDays(from: try Self.date("2026-03-19"), through: try Self.date("2026-03-29"))
        let shown = days.map { "\($0.date.day) \($0.reason.rawValue) \($0.entry?.insteadOf?.day ?? 0)" }
        #expect(
            shown == [
                "21 holiday 0", "22 holiday 0", "23 holiday 0", "24 moved 21", "25 moved 22", "28 weekend 0",
                "29 weekend 0",
            ]
        )
        let worked = calendar.workedWeekends(from: try Self.date("2025-01-01"), through: try Self.date("2025-02-01"))
        #expect(worked.map(\.date.description) == ["2025-01-05"])
        #expect(worked.first?.insteadOf?.description == "2025-01-03")
    }

    @Test("A term is provisional while its days off may still change")
    func provisional() throws {
        func isProvisional(_ first: String, _ last: String) throws -> Bool {
            calendar.isProvisional(from: try Self.date(first), through: try Self.date(last))
        }
        #expect(try !isProvisional("2026-05-20", "2026-06-10"))
        #expect(try !isProvisional("2026-11-23", "2026-12-14"))
        #expect(try isProvisional("2026-12-15", "2027-01-12"))
        #expect(try isProvisional("2029-01-15", "2029-01-16"))
    }

    @Test("Where only Kurban Ait is expected, terms near it are provisional and others are not")
    func provisionalHoliday() throws {
        let entries = try EmbeddedCalendar.days().map { day in
            CalendarDay(
                date: day.date,
                kind: day.kind,
                holiday: day.holiday,
                names: day.names,
                insteadOf: day.insteadOf,
                isExpected: day.holiday == .kurbanAit
            )
        }
        let calendar = WorkCalendar(entries)
        // Kurban Ait is expected on 16 May 2027, and may shift by a day.
        for (last, expected) in [("2027-05-14", false), ("2027-05-15", true), ("2027-05-16", true)] {
            #expect(calendar.isProvisional(from: try Self.date("2027-05-03"), through: try Self.date(last)) == expected)
        }
    }

    @Test("In a year without a calendar nothing is counted, and the error names the year")
    func missingYear() throws {
        let error = CivicError.noWorkCalendar(year: 2_029, known: Array(2_022...2_028))
        #expect(throws: error) { try calendar.isWorkingDay(try Self.date("2029-01-03")) }
        #expect(throws: error) { try calendar.day(15, workingDaysAfter: try Self.date("2028-12-20")) }
        #expect(throws: error) { try calendar.registrationDay(of: try Self.time("2028-12-31T10:00")) }
        #expect(throws: error) { try calendar.day(2, monthsAfter: try Self.date("2028-12-20")) }
        #expect(throws: error) {
            try calendar.skippedDays(from: try Self.date("2028-12-20"), through: LocalDate(number: .max))
        }
        #expect(throws: CivicError.noWorkCalendar(year: 2_021, known: Array(2_022...2_028))) {
            try calendar.day(5, workingDaysBefore: try Self.date("2022-01-06"))
        }
        #expect(calendar.missingYears(among: [2_026, 2_027]).isEmpty)
        #expect(calendar.missingYears(among: [2_028, 2_029]) == [2_029])
        #expect(error.description.contains("2029") && error.description.contains("data/work_calendar.csv"))
    }

    @Test("The end of the working day is a setting")
    func hours() throws {
        #expect(WorkCalendar.hours(reading: "09:00-18:30") == WorkCalendar.usualHours)
        for text in ["", "9:00-18:00", "18:00-09:00", "09:00-24:00", "09:60-18:00", "09:00-09:00", "09:00–18:00"] {
            #expect(WorkCalendar.hours(reading: text) == nil, "\(text)")
        }
        let earlier = calendar.with(hours: 8 * 60..<17 * 60)
        let time = try Self.time("2026-11-23T17:00")
        #expect(try earlier.registrationDay(of: time).description == "2026-11-24")
        #expect(try calendar.registrationDay(of: time).description == "2026-11-23")
    }
}
