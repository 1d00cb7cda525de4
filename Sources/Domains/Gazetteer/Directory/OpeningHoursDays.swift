import Civic

/// The days to which a rule of opening hours applies: all given conditions must hold.
struct OpeningHoursDays: Sendable, Hashable {
    /// Years `from` to `to`, every `step`-th.
    struct Years: Sendable, Hashable {
        let from: Int
        let to: Int
        let step: Int
    }

    /// ISO 8601 weeks `from` to `to`, every `step`-th.
    struct Weeks: Sendable, Hashable {
        let from: Int
        let to: Int
        let step: Int
    }

    /// A period of the year, or of certain years, both ends included.
    struct Dates: Sendable, Hashable {
        /// An end; without a year it recurs every year.
        struct End: Sendable, Hashable {
            let year: Int?
            let month: Int
            let day: Int

            var ofYear: Int { month * 32 + day }
        }

        let from: End
        let to: End

        func contains(_ date: LocalDate) -> Bool {
            let day = date.month * 32 + date.day
            guard let first = from.year, let last = to.year else {
                if from.ofYear <= to.ofYear { return (from.ofYear...to.ofYear).contains(day) }
                return day >= from.ofYear || day <= to.ofYear
            }
            let whole = date.year * 512 + day
            return first * 512 + from.ofYear <= whole && whole <= last * 512 + to.ofYear
        }
    }

    /// A weekday of the month: the first Monday, the last Friday.
    struct NthWeekday: Sendable, Hashable {
        let weekday: Int
        /// From 1; -1 is the last.
        let count: Int

        func contains(_ date: LocalDate) -> Bool {
            guard date.weekday == weekday else { return false }
            if count > 0 { return (date.day - 1) / 7 + 1 == count }
            return (LocalDate.daysInMonth(date.month, of: date.year) - date.day) / 7 + 1 == -count
        }
    }

    var years: [Years] = []
    var dates: [Dates] = []
    var weeks: [Weeks] = []
    /// Whether each weekday is named, Monday in the lowest bit.
    var weekdays: UInt8 = 0
    var nthWeekdays: [NthWeekday] = []
    var namesPublicHolidays = false
    var namesSchoolHolidays = false
    /// Whether weekday and holiday must both match: `PH Su` is a holiday on a Sunday.
    var needsBoth = false

    /// Whether days with the same weekday may differ, apart from holidays.
    var dependsOnDate: Bool { !(years.isEmpty && dates.isEmpty && weeks.isEmpty && nthWeekdays.isEmpty) }

    var namesWeekdays: Bool { weekdays != 0 || !nthWeekdays.isEmpty }

    private var namesHolidays: Bool { namesPublicHolidays || namesSchoolHolidays }

    func contains(_ date: LocalDate, isHoliday: Bool) -> Bool {
        guard years.isEmpty || years.contains(where: { Self.holds($0.from, $0.to, $0.step, date.year) }),
            dates.isEmpty || dates.contains(where: { $0.contains(date) }),
            weeks.isEmpty || weeks.contains(where: { Self.holds($0.from, $0.to, $0.step, date.week) })
        else { return false }
        // The city's school holidays are unknown, so a rule for them alone never applies.
        let isNamedHoliday = namesPublicHolidays && isHoliday
        if needsBoth { return isNamedHoliday && isNamedWeekday(date) }
        return !namesWeekdays && !namesHolidays || isNamedHoliday || isNamedWeekday(date)
    }

    private func isNamedWeekday(_ date: LocalDate) -> Bool {
        weekdays & (1 << date.weekday) != 0 || nthWeekdays.contains { $0.contains(date) }
    }

    private static func holds(_ from: Int, _ to: Int, _ step: Int, _ value: Int) -> Bool {
        from <= value && value <= to && (value - from) % step == 0
    }
}

/// One rule of opening hours: days, times, and whether it opens or closes.
struct OpeningHoursRule: Sendable, Hashable {
    var days = OpeningHoursDays()
    /// The times it names; empty for the whole day.
    var spans: [OpeningHours.Span] = []
    var isOff = false
    /// Whether it gives only days and a comment, such as `Sa "by appointment"`, so that it may not open anything.
    var isWordsAlone = false
    /// Whether it adds to the rules before it instead of replacing them.
    var isAdditional = false
    /// The quoted comment, which applies only to its days and times.
    var comment: String?
}
