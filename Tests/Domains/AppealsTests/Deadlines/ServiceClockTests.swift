import Civic
import TestSupport
import Testing

@testable import Appeals

/// The terms of reports, against a count minute by minute.
@Suite struct ServiceClockTests {
    private let calendar: WorkCalendar

    init() throws { calendar = try EmbeddedCalendar.calendar() }

    private func time(_ text: String) throws -> LocalTime { try #require(LocalTime(reading: text)) }

    // A pause is written as start/end; the end may be missing.
    private func due(_ limit: ServiceLimit, _ received: String, pauses: [String] = []) throws -> String {
        let pauses = try pauses.map { text in
            let ends = text.split(separator: "/").map(String.init)
            return try ServicePause(from: try time(ends[0]), to: ends.count > 1 ? try time(ends[1]) : nil)
        }
        let clock = ServiceClock(limit, received: try time(received), pauses: pauses)
        return try clock.due(on: calendar, now: try time("2026-12-01T12:00")).description
    }

    @Test("Without pauses a term ends with the working day, the day or the hour")
    func plain() throws {
        #expect(try due(.workingDays(3), "2026-11-20T10:00") == "2026-11-25T18:30")
        #expect(try due(.workingDays(3), "2026-11-21T10:00") == "2026-11-25T18:30")
        #expect(try due(.workingDays(1), "2026-11-20T23:59") == "2026-11-23T18:30")
        #expect(try due(.days(1), "2026-11-20T23:59") == "2026-11-21T23:59")
        #expect(try due(.days(21), "2026-11-20T10:00") == "2026-12-11T23:59")
        #expect(try due(.workingHours(4), "2026-11-20T16:30") == "2026-11-23T11:00")
        #expect(try due(.workingHours(2), "2026-11-20T16:30") == "2026-11-20T18:30")
        #expect(try due(.workingHours(1), "2026-11-20T19:00") == "2026-11-23T10:00")
    }

    @Test(
        "In a pause the clock stands still",
        arguments: [
            // Tuesday and Wednesday began in the pause; a pause within a day costs no day.
            (
                ServiceLimit.workingDays(3), "2026-11-20T10:00", ["2026-11-23T11:00/2026-11-25T09:00"],
                "2026-11-27T18:30"
            ),
            (.workingDays(3), "2026-11-20T10:00", ["2026-11-23T11:00/2026-11-23T17:00"], "2026-11-25T18:30"),
            (.workingHours(4), "2026-11-20T10:00", ["2026-11-20T11:00/2026-11-20T13:00"], "2026-11-20T16:00"),
            // Two that overlap count once.
            (
                .workingHours(4), "2026-11-20T10:00",
                ["2026-11-20T12:00/2026-11-20T14:00", "2026-11-20T11:00/2026-11-20T13:00"], "2026-11-20T17:00"
            ),
            // One that lasts is counted up to now, 1 December at noon.
            (.workingDays(3), "2026-11-26T10:00", ["2026-11-27T11:00/"], "2026-12-03T18:30"),
            // Before the receipt and after the end pauses do not matter.
            (
                .workingDays(3), "2026-11-20T10:00",
                ["2026-11-19T12:00/2026-11-20T09:00", "2026-11-26T11:00/2026-11-27T13:00"], "2026-11-25T18:30"
            ),
            // Pauses are worth ten working days altogether: here those from 2 to 15 October.
            (.workingDays(3), "2026-10-01T10:00", ["2026-10-01T12:00/2026-11-30T12:00"], "2026-10-20T18:30"),
            (.days(3), "2026-10-01T10:00", ["2026-10-01T12:00/2026-11-30T12:00"], "2026-10-18T23:59"),
        ]
    )
    func pauses(limit: ServiceLimit, received: String, pauses: [String], expected: String) throws {
        #expect(try due(limit, received, pauses: pauses) == expected)
    }

    @Test("A pause that ends before it begins is refused")
    func inverted() throws {
        let (start, end) = (try time("2026-11-20T12:00"), try time("2026-11-20T11:00"))
        #expect(throws: DeadlineError.invertedPause(start: start, end: end)) { try ServicePause(from: start, to: end) }
    }

    @Test("Hours end when a count of single minutes says so")
    func bruteForce() throws {
        var random = SplitMix64(seed: 21)
        let first = try #require(LocalDate("2026-04-20")).number
        func moment(_ days: ClosedRange<Int>) -> LocalTime {
            LocalTime(
                LocalDate(number: first + Int.random(in: days, using: &random)),
                minute: Int.random(in: 0..<1_440, using: &random)
            )
        }
        for _ in 0..<80 {
            let received = moment(0...20)
            let pauses = try (0..<Int.random(in: 0...4, using: &random)).map { _ in
                let ends = [moment(0...30), moment(0...30)].sorted()
                return try ServicePause(from: ends[0], to: ends[1])
            }
            let hours = Int.random(in: 1...60, using: &random)
            let due = try ServiceClock(.workingHours(hours), received: received, pauses: pauses)
                .due(on: calendar, now: received)
            #expect(due == (try count(hours * 60, received, pauses)), "\(received), \(hours) h, \(pauses)")
        }
    }

    // The end of the last minute that counts.
    private func count(_ minutes: Int, _ received: LocalTime, _ pauses: [ServicePause]) throws -> LocalTime {
        func number(_ time: LocalTime) -> Int { time.date.number * LocalTime.minutesADay + time.minute }
        let spans = pauses.map { number($0.start)..<number($0.end ?? $0.start) }
        var (left, allowance) = (minutes, ServiceClock.maxPausedDays * calendar.hours.count)
        var now = number(received)
        var isWorked = try calendar.isWorkingDay(received.date)
        while true {
            let (day, minute) = now.quotientAndRemainder(dividingBy: LocalTime.minutesADay)
            if minute == 0 { isWorked = try calendar.isWorkingDay(LocalDate(number: day)) }
            if isWorked, calendar.hours.contains(minute) {
                if allowance > 0, spans.contains(where: { $0.contains(now) }) { allowance -= 1 } else { left -= 1 }
                if left == 0 { return LocalTime(LocalDate(number: day), minute: minute + 1) }
            }
            now += 1
        }
    }
}
