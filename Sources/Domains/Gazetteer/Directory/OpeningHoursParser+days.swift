import Civic

extension OpeningHoursParser {
    /// Other four-digit numbers are treated as times without a colon.
    private static let knownYears = 2_000...2_099
    private static let weekdayNames = ["mo", "tu", "we", "th", "fr", "sa", "su"]
    private static let monthNames = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    /// Reads the conditions on the day in their order: years, dates, weeks, weekdays and holidays.
    mutating func days() throws(OpeningHoursError) -> OpeningHoursDays {
        var days = OpeningHoursDays()
        if number(digits: 4...4) != nil, month(1) == nil { days.years = try years() }
        if month(0) != nil || (number(digits: 4...4) != nil && month(1) != nil) { days.dates = try dates() }
        if take(word: "week") { days.weeks = try weeks() }
        // A colon may separate the days from the rest for readability.
        if days.dependsOnDate { _ = take(":") }
        try readWeekdays(into: &days)
        return days
    }

    private mutating func years() throws(OpeningHoursError) -> [OpeningHoursDays.Years] {
        var years: [OpeningHoursDays.Years] = []
        repeat {
            let from = try nextYear()
            if take("+") {
                years.append(.init(from: from, to: 9_999, step: 1))
            } else {
                let to = take("-") ? try nextYear(from: from) : from
                years.append(.init(from: from, to: to, step: try step(in: to - from)))
            }
        } while number(1, digits: 4...4) != nil && month(2) == nil && take(",")
        return years
    }

    private mutating func weeks() throws(OpeningHoursError) -> [OpeningHoursDays.Weeks] {
        var weeks: [OpeningHoursDays.Weeks] = []
        repeat {
            let from = try next(1...2, in: 1...53)
            let to = take("-") ? try next(1...2, in: from...53) : from
            weeks.append(.init(from: from, to: to, step: try step(in: to - from)))
        } while number(1, digits: 1...2) != nil && take(",")
        return weeks
    }

    private mutating func step(in length: Int) throws(OpeningHoursError) -> Int {
        guard length > 0, take("/") else { return 1 }
        let step = try next(1...2, in: 1...99)
        guard step <= length else { throw OpeningHoursError(word: "/\(step)", mistake: .step) }
        return step
    }

    private mutating func nextYear(from first: Int = knownYears.lowerBound) throws(OpeningHoursError) -> Int {
        guard let year = number(digits: 4...4), Self.knownYears.contains(year) else { throw unexpectedTime() }
        guard year >= first else { throw unexpected() }
        advance()
        return year
    }

    private mutating func dates() throws(OpeningHoursError) -> [OpeningHoursDays.Dates] {
        var dates: [OpeningHoursDays.Dates] = []
        repeat { dates.append(try stretch()) } while startsDate(1) && take(",")
        return dates
    }

    private func startsDate(_ ahead: Int) -> Bool {
        month(ahead) != nil || (number(ahead, digits: 4...4) != nil && month(ahead + 1) != nil)
    }

    private mutating func stretch() throws(OpeningHoursError) -> OpeningHoursDays.Dates {
        let year = number(digits: 4...4) == nil ? nil : try nextYear()
        let month = try nextMonth()
        let day = try dayOfMonth(month)
        let from = OpeningHoursDays.Dates.End(year: year, month: month, day: day ?? 1)
        guard take("-") else {
            return .init(from: from, to: .init(year: year, month: month, day: day ?? 31))
        }
        return .init(from: from, to: try end(of: from, hasDay: day != nil))
    }

    // «Jan-Mar», «Jan 5-10», «Jan 5-Feb 3», «2026 Dec 20-2027 Jan 10»: either both ends have a day, or neither.
    private mutating func end(
        of from: OpeningHoursDays.Dates.End,
        hasDay: Bool
    ) throws(OpeningHoursError) -> OpeningHoursDays.Dates.End {
        if hasDay, let day = number(digits: 1...2), !isTime(at: 0) {
            guard day > from.day, day <= Self.longest(from.month) else { throw unexpected() }
            advance()
            return .init(year: from.year, month: from.month, day: day)
        }
        var year: Int?
        if number(digits: 4...4) != nil {
            guard let first = from.year else { throw unexpected() }
            year = try nextYear(from: first)
        }
        let month = try nextMonth()
        let day = try dayOfMonth(month)
        guard (day != nil) == hasDay else { throw unexpected() }
        let ofYear = month * 32 + (day ?? 31)
        // If the second year is omitted, it is the first one in which the end comes after the beginning.
        let last = year ?? from.year.map { ofYear < from.ofYear ? $0 + 1 : $0 }
        if let first = from.year, last == first, ofYear < from.ofYear { throw unexpected() }
        return .init(year: last, month: month, day: day ?? 31)
    }

    private mutating func dayOfMonth(_ month: Int) throws(OpeningHoursError) -> Int? {
        guard number(digits: 1...2) != nil, !isTime(at: 0) else { return nil }
        return try next(1...2, in: 1...Self.longest(month))
    }

    private mutating func nextMonth() throws(OpeningHoursError) -> Int {
        guard let month = month(0) else { throw unexpected() }
        advance()
        return month
    }

    private static func longest(_ month: Int) -> Int { LocalDate.daysInMonth(month, of: 2_000) }

    private func month(_ ahead: Int) -> Int? {
        word(ahead).flatMap { Self.monthNames.firstIndex(of: $0) }.map { $0 + 1 }
    }

    private func weekday(_ ahead: Int = 0) -> Int? { word(ahead).flatMap { Self.weekdayNames.firstIndex(of: $0) } }

    // A list of weekdays and holidays; «PH Su» is a holiday on a Sunday.
    private mutating func readWeekdays(into days: inout OpeningHoursDays) throws(OpeningHoursError) {
        guard startsWeekday(0) else { return }
        try readList(into: &days)
        guard startsWeekday(0) else { return }
        guard weekday() != nil else {
            throw OpeningHoursError(
                word: word() ?? "",
                mistake: days.namesWeekdays ? .holidayAfterWeekdays : nil
            )
        }
        // Only holidays may come before the weekdays on which they must fall.
        guard !days.namesWeekdays else { throw unexpected() }
        days.needsBoth = true
        repeat { try readWeekdayRange(into: &days) } while weekday(1) != nil && take(",")
    }

    private mutating func readList(into days: inout OpeningHoursDays) throws(OpeningHoursError) {
        repeat { try readItem(into: &days) } while startsWeekday(1) && take(",")
    }

    func startsWeekday(_ ahead: Int) -> Bool {
        weekday(ahead) != nil || word(ahead) == "ph" || word(ahead) == "sh"
    }

    private mutating func readItem(into days: inout OpeningHoursDays) throws(OpeningHoursError) {
        if take(word: "ph") {
            days.namesPublicHolidays = true
        } else if take(word: "sh") {
            days.namesSchoolHolidays = true
        } else {
            try readWeekdayRange(into: &days)
        }
    }

    private mutating func readWeekdayRange(into days: inout OpeningHoursDays) throws(OpeningHoursError) {
        guard let from = weekday() else { throw unexpected() }
        advance()
        if take("[") { return try readCounts(of: from, into: &days) }
        guard take("-") else {
            days.weekdays |= 1 << from
            return
        }
        guard let to = weekday() else { throw unexpected() }
        advance()
        for step in 0...(to - from + 7) % 7 { days.weekdays |= 1 << ((from + step) % 7) }
    }

    private mutating func readCounts(of weekday: Int, into days: inout OpeningHoursDays) throws(OpeningHoursError) {
        repeat {
            if take("-") {
                days.nthWeekdays.append(.init(weekday: weekday, count: -(try next(1...1, in: 1...5))))
            } else {
                let from = try next(1...1, in: 1...5)
                let to = take("-") ? try next(1...1, in: from...5) : from
                for count in from...to { days.nthWeekdays.append(.init(weekday: weekday, count: count)) }
            }
        } while take(",")
        guard take("]") else { throw unexpected() }
    }

    private mutating func next(
        _ digits: ClosedRange<Int>,
        in range: ClosedRange<Int>
    ) throws(OpeningHoursError) -> Int {
        guard let value = number(digits: digits), range.contains(value) else { throw unexpected() }
        advance()
        return value
    }
}
