/// Working days and hours, by which the terms of an administrative procedure are counted.
///
/// The days come from data, year by year (`data/work_calendar.csv`), because orders move days off every year. In a year
/// without data nothing is counted: every method throws `CivicError.noWorkCalendar` as soon as it needs a day of such a
/// year. The weekend is that of the five-day week.
///
/// Source of the counting: Administrative Procedural and Process-Related Code of 29 June 2020 № 350-VI (adilet.zan.kz,
/// K2000000350) as in force since 29 December 2025. An appeal is registered on the day of its receipt, or on the next
/// working day when it arrives after working hours or on a day off (art. 64 (3)). A term in working days begins on the
/// day after the registration (art. 76 (1) and (2)), and one whose last day is not a working day ends on the next working
/// day (art. 76 (5)). Art. 64 (4) and (5) were amended in 2026 by Law № 256-VIII, whose wording has not been compared.
public struct WorkCalendar: Sendable {
    /// The working hours that are assumed unless a body of the state has its own: 9:00 to 18:30.
    public static let usualHours = 9 * 60..<18 * 60 + 30

    /// The minutes of the day in which people work.
    public let hours: Range<Int>
    /// The years that have data.
    public let years: Set<Int>
    private let entries: [LocalDate: CalendarDay]
    // Years for which no day has been decided yet: orders may still move days off anywhere in them.
    private let expectedYears: Set<Int>
    // For each day from the first year to the last, whether it is a working day; nil in a year without data.
    private let worked: [Bool?]
    // The day number of the first element of `worked`.
    private let origin: Int

    /// Makes a calendar.
    ///
    /// - Parameters:
    ///   - days: holidays, moved days off and worked weekend days; a year is covered when it has one. Of two entries for one day
    ///     the later counts.
    ///   - hours: the minutes of the day in which people work, clamped to 0 to 1,440.
    public init(_ days: [CalendarDay], hours: Range<Int> = usualHours) {
        self.hours = hours.clamped(to: 0..<LocalTime.minutesADay)
        let entries = Dictionary(days.map { ($0.date, $0) }, uniquingKeysWith: { _, later in later })
        let years = Set(days.map(\.date.year))
        expectedYears = years.subtracting(days.filter { !$0.isExpected }.map(\.date.year))
        let first = years.min().flatMap { LocalDate(year: $0, month: 1, day: 1) }?.number ?? 0
        let last = years.max().flatMap { LocalDate(year: $0, month: 12, day: 31) }?.number ?? first
        worked = (first...last).map { number -> Bool? in
            let date = LocalDate(number: number)
            guard years.contains(date.year) else { return nil }
            guard let entry = entries[date] else { return !date.isWeekend }
            return entry.kind == .worked
        }
        origin = first
        self.years = years
        self.entries = entries
    }

    /// The same days with other working hours.
    public func with(hours: Range<Int>) -> WorkCalendar { WorkCalendar(Array(entries.values), hours: hours) }

    /// The entry of a day; nil for a plain weekday or weekend.
    public func entry(on date: LocalDate) throws(CivicError) -> CalendarDay? {
        guard years.contains(date.year) else { throw .noWorkCalendar(year: date.year, known: years.sorted()) }
        return entries[date]
    }

    /// Whether people work on a day: neither a weekend nor a day off, or a weekend worked in exchange for a day off.
    public func isWorkingDay(_ date: LocalDate) throws(CivicError) -> Bool {
        let index = date.number - origin
        guard worked.indices.contains(index), let isWorked = worked[index] else {
            throw .noWorkCalendar(year: date.year, known: years.sorted())
        }
        return isWorked
    }

    /// The first working day from a day on, that day included.
    public func workingDay(onOrAfter date: LocalDate) throws(CivicError) -> LocalDate {
        var day = date
        while try !isWorkingDay(day) { day = day.adding(days: 1) }
        return day
    }

    /// The last day of a term of working days.
    ///
    /// - Parameters:
    ///   - count: the length of the term; 0 gives the first working day from `start` on.
    ///   - start: the day before the term begins, such as the day of registration; it need not be a working day.
    public func day(_ count: Int, workingDaysAfter start: LocalDate) throws(CivicError) -> LocalDate {
        guard count > 0 else { return try workingDay(onOrAfter: start) }
        var day = start
        for _ in 0..<count { day = try workingDay(onOrAfter: day.adding(days: 1)) }
        return day
    }

    /// The day that lies a number of working days before another, such as the last day for a notice ahead of an act.
    ///
    /// - Parameters:
    ///   - count: how many working days; 0 gives `end` itself.
    ///   - end: the day of the act; it need not be a working day.
    public func day(_ count: Int, workingDaysBefore end: LocalDate) throws(CivicError) -> LocalDate {
        var day = end
        for _ in 0..<max(count, 0) {
            day = day.adding(days: -1)
            while try !isWorkingDay(day) { day = day.adding(days: -1) }
        }
        return day
    }

    /// The last day of a term of months: the day with the same number, or the last day of a month that is too short; if that is
    /// not a working day, the next working day.
    public func day(_ count: Int, monthsAfter start: LocalDate) throws(CivicError) -> LocalDate {
        try workingDay(onOrAfter: start.adding(months: count))
    }

    /// The last day of a term of calendar days; if that is not a working day, the next working day.
    public func day(_ count: Int, daysAfter start: LocalDate) throws(CivicError) -> LocalDate {
        try workingDay(onOrAfter: start.adding(days: count))
    }

    /// How many working days there are after one day up to another, which counts; negative when the second is the earlier.
    public func workingDays(after start: LocalDate, through end: LocalDate) throws(CivicError) -> Int {
        guard start <= end else { return -(try workingDays(after: end, through: start)) }
        var (count, day) = (0, start)
        while day < end {
            day = day.adding(days: 1)
            if try isWorkingDay(day) { count += 1 }
        }
        return count
    }

    /// The days of a span that are not worked, each with its entry, both ends included.
    public func skippedDays(from first: LocalDate, through last: LocalDate) throws(CivicError) -> [SkippedDay] {
        var (days, day) = ([SkippedDay](), first)
        while day <= last {
            if try !isWorkingDay(day) { days.append(SkippedDay(date: day, entry: try entry(on: day))) }
            day = day.adding(days: 1)
        }
        return days
    }

    /// The Saturdays and Sundays of a span that are worked, both ends included.
    public func workedWeekends(from first: LocalDate, through last: LocalDate) -> [CalendarDay] {
        entries.values.filter { $0.kind == .worked && first <= $0.date && $0.date <= last }.sorted { $0.date < $1.date }
    }

    /// The day on which something received at a time is registered: the same day up to the end of working hours, otherwise
    /// the next working day.
    public func registrationDay(of time: LocalTime) throws(CivicError) -> LocalDate {
        try workingDay(onOrAfter: time.minute < hours.upperBound ? time.date : time.date.adding(days: 1))
    }

    /// The time itself in working hours; otherwise the beginning of the next ones.
    public func nextWorkingMoment(_ time: LocalTime) throws(CivicError) -> LocalTime {
        let day = try registrationDay(of: time)
        return day == time.date && time.minute >= hours.lowerBound ? time : LocalTime(day, minute: hours.lowerBound)
    }

    /// Whether the days off from one day to another may still change: nothing has been decided for a year, or Kurban Ait, which
    /// is announced shortly before and may shift by a day, is near.
    public func isProvisional(from first: LocalDate, through last: LocalDate) -> Bool {
        guard first <= last else { return false }
        let isOpen = (first.year...last.year).contains { expectedYears.contains($0) || !years.contains($0) }
        return isOpen
            || (first.number - 1...last.number + 1).contains { entries[LocalDate(number: $0)]?.isExpected == true }
    }

    /// The years of a list that have no data.
    public func missingYears(among wanted: some Sequence<Int>) -> [Int] { wanted.filter { !years.contains($0) } }
}
