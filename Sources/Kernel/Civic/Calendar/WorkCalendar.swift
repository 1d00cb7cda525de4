/// Working days and hours, by which the terms of an administrative procedure are counted.
///
/// Source: Administrative Procedural and Process-Related Code of 29 June 2020 № 350-VI (adilet.zan.kz, K2000000350) as in force
/// since 29 December 2025. An appeal is registered on the day of its receipt, or on the next working day when it arrives after
/// working hours or on a day off (art. 64). A term in working days begins on the day after the registration (art. 76 (1) and
/// (2)), and one whose last day is not a working day ends on the next working day (art. 76 (5)). Art. 64 (4) and (5) were
/// amended in 2026 by Law № 256-VIII, whose wording has not been compared.
///
/// Days off are those of `HolidayCalendar`; before 2022 only weekends are days off.
public struct WorkCalendar: Sendable {
    /// The working hours that are assumed unless a body of the state has its own: 9:00 to 18:30.
    public static let usualHours = 9 * 60..<18 * 60 + 30

    /// The minutes of the day in which people work.
    public let hours: Range<Int>

    /// Makes a calendar.
    ///
    /// - Parameter hours: the minutes of the day in which people work, clamped to 0 to 1,440.
    public init(hours: Range<Int> = usualHours) { self.hours = hours.clamped(to: 0..<LocalTime.minutesADay) }

    /// Whether people work on a day: neither a weekend nor a day off, or a weekend worked in exchange for a day off.
    public func isWorkingDay(_ date: LocalDate) -> Bool {
        if date.isWeekend { return HolidayCalendar.isWorkedInExchange(date) }
        return HolidayCalendar.dayOff(on: date) == nil
    }

    /// The first working day from a day on, that day included.
    public func workingDay(onOrAfter date: LocalDate) -> LocalDate {
        var day = date
        while !isWorkingDay(day), day.number < LocalDate.numbers.upperBound { day = day.adding(days: 1) }
        return day
    }

    /// The last day of a term of working days.
    ///
    /// - Parameters:
    ///   - count: the length of the term; 0 gives the first working day from `start` on.
    ///   - start: the day before the term begins, such as the day of registration; it need not be a working day.
    public func day(_ count: Int, workingDaysAfter start: LocalDate) -> LocalDate {
        guard count > 0 else { return workingDay(onOrAfter: start) }
        return (0..<count).reduce(start) { day, _ in workingDay(onOrAfter: day.adding(days: 1)) }
    }

    /// The day from which there are so many working days up to a day, as for a notice that is due ahead of an act.
    ///
    /// - Parameters:
    ///   - count: how many working days; 0 gives `end` itself.
    ///   - end: the day of the act; it need not be a working day.
    public func day(_ count: Int, workingDaysBefore end: LocalDate) -> LocalDate {
        (0..<max(count, 0)).reduce(end) { day, _ in
            var earlier = day.adding(days: -1)
            while !isWorkingDay(earlier), earlier.number > LocalDate.numbers.lowerBound {
                earlier = earlier.adding(days: -1)
            }
            return earlier
        }
    }

    /// The day on which something received at a time is registered: the same day up to the end of working hours, otherwise
    /// the next working day.
    public func registrationDay(of time: LocalTime) -> LocalDate {
        workingDay(onOrAfter: time.minute < hours.upperBound ? time.date : time.date.adding(days: 1))
    }

    /// The time itself in working hours; otherwise the beginning of the next ones.
    public func nextWorkingMoment(_ time: LocalTime) -> LocalTime {
        let day = registrationDay(of: time)
        return day == time.date && time.minute >= hours.lowerBound ? time : LocalTime(day, minute: hours.lowerBound)
    }

    /// Whether the days off from one day to another may still change: a later year may get orders that move days off, and
    /// Kurban Ait is announced shortly before.
    public func isProvisional(from first: LocalDate, through last: LocalDate) -> Bool {
        guard last.year <= HolidayCalendar.lastCheckedYear else { return true }
        guard first <= last else { return false }
        return (first.number...last.number).contains {
            HolidayCalendar.dayOff(on: LocalDate(number: $0))?.isExpected == true
        }
    }
}
