public import Civic

/// How long a report of a problem may take: a promise of the city that no law prescribes.
public enum ServiceLimit: Sendable, Hashable, Codable {
    /// Hours in which people work, as for a danger that must be made safe.
    case workingHours(Int)
    /// Working days; the first is the one after the receipt.
    case workingDays(Int)
    /// Calendar days; the first is the one after the receipt, and the last may be a day off.
    case days(Int)
}

/// A span in which the clock of a report stands still, such as while the applicant is asked.
public struct ServicePause: Sendable, Hashable, Codable {
    /// When it began.
    public let start: LocalTime
    /// When it ended; nil while it lasts.
    public let end: LocalTime?

    /// Makes a pause.
    ///
    /// - Throws: `DeadlineError.invertedPause` when it ends before it begins.
    public init(from start: LocalTime, to end: LocalTime? = nil) throws(DeadlineError) {
        if let end, end < start { throw .invertedPause(start: start, end: end) }
        self.start = start
        self.end = end
    }
}

/// The clock of a report of a problem: it starts with the receipt and stands still in pauses.
///
/// A pause of days counts the days that began in it. Pauses that overlap count once, and all together at most `maxPausedDays`.
public struct ServiceClock: Sendable, Hashable, Codable {
    /// The number of working days for which the clock may stand still in total.
    public static let maxPausedDays = 10

    /// The limit.
    public let limit: ServiceLimit
    /// When the report was received.
    public let received: LocalTime
    /// The pauses, in any order.
    public let pauses: [ServicePause]

    /// Makes a clock.
    public init(_ limit: ServiceLimit, received: LocalTime, pauses: [ServicePause] = []) {
        self.limit = limit
        self.received = received
        self.pauses = pauses
    }

    /// The last moment at which the report still counts as handled in time: the end of the working hours of the last day for a term of
    /// working days, the last minute of the last day for one of calendar days.
    ///
    /// - Parameters:
    ///   - calendar: the work calendar.
    ///   - now: the present, up to which a pause that lasts is counted.
    /// - Throws: `CivicError.noWorkCalendar`.
    public func due(on calendar: WorkCalendar, now: LocalTime) throws(CivicError) -> LocalTime {
        let spans = spans(until: now)
        switch limit {
        case .workingHours(let hours):
            return try dueMoment(minutes: hours * 60, spans, calendar)
        case .workingDays(let days):
            return LocalTime(
                try dueDay(days, spans, calendar, isInWorkingDays: true),
                minute: calendar.hours.upperBound
            )
        case .days(let days):
            let last = try dueDay(days, spans, calendar, isInWorkingDays: false)
            return LocalTime(last, minute: LocalTime.minutesADay - 1)
        }
    }

    // Steps day by day: a day that began in a pause does not use up the term, as long as pauses are allowed.
    private func dueDay(
        _ count: Int,
        _ spans: [Range<LocalTime>],
        _ calendar: WorkCalendar,
        isInWorkingDays: Bool
    ) throws(CivicError) -> LocalDate {
        var (day, left, paused) = (received.date, count, 0)
        while left > 0 {
            day = day.adding(days: 1)
            let begin = LocalTime(day, minute: 0)
            let isWorked = try calendar.isWorkingDay(day)
            let isInPause = spans.contains { $0.lowerBound < begin && begin <= $0.upperBound }
            if isInPause, paused < Self.maxPausedDays {
                if isWorked { paused += 1 }
            } else if isWorked || !isInWorkingDays {
                left -= 1
            }
        }
        return day
    }

    private func dueMoment(
        minutes: Int,
        _ spans: [Range<LocalTime>],
        _ calendar: WorkCalendar
    ) throws(CivicError) -> LocalTime {
        var (moment, left) = (received, minutes)
        var allowance = Self.maxPausedDays * calendar.hours.count
        for span in spans where span.upperBound > moment {
            let before = try calendar.workingMinutes(from: moment, to: span.lowerBound)
            if before >= left { break }
            left -= before
            let begin = max(moment, span.lowerBound)
            let paused = try calendar.workingMinutes(from: begin, to: span.upperBound)
            moment = paused <= allowance ? span.upperBound : try calendar.time(allowance, workingMinutesAfter: begin)
            allowance -= min(paused, allowance)
        }
        return try calendar.time(left, workingMinutesAfter: moment)
    }

    // The pauses in order, joined where they overlap; one that lasts ends now.
    private func spans(until now: LocalTime) -> [Range<LocalTime>] {
        var spans: [Range<LocalTime>] = []
        for pause in pauses.sorted(by: { $0.start < $1.start }) {
            let end = max(pause.end ?? now, pause.start)
            if let last = spans.last, pause.start <= last.upperBound {
                spans[spans.count - 1] = last.lowerBound..<max(last.upperBound, end)
            } else {
                spans.append(pause.start..<end)
            }
        }
        return spans
    }
}
