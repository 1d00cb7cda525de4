/// A day of the Gregorian calendar.
public struct LocalDate: Sendable, Hashable, Comparable {
    /// Days since 1970-01-01.
    public let number: Int
    /// The year.
    public let year: Int
    /// The month, from 1 for January.
    public let month: Int
    /// The day of the month, from 1.
    public let day: Int

    /// The supported days: the years 1 to 9999.
    public static let numbers = -719_162...2_932_896

    /// Makes a day; one outside the years 1 to 9999 is clamped.
    ///
    /// Source of the formula: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`: eras
    /// of 400 years that begin on 1 March.
    ///
    /// - Parameter number: days since 1970-01-01.
    public init(number: Int) {
        let number = min(max(number, Self.numbers.lowerBound), Self.numbers.upperBound)
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        self.number = number
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Makes a day; nil when the calendar has no such day in the years 1 to 9999.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9_999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.daysInMonth(month, of: year)
        else { return nil }
        self.init(number: Self.number(year, month, day))
    }

    /// Whether the left day comes before the right one.
    public static func < (left: Self, right: Self) -> Bool { left.number < right.number }

    /// The day of the week, Monday 0 to Sunday 6.
    public var weekday: Int {
        // 1970-01-01 was a Thursday.
        let remainder = (number + 3) % 7
        return remainder < 0 ? remainder + 7 : remainder
    }

    /// Whether it is a Saturday or a Sunday.
    public var isWeekend: Bool { weekday >= 5 }

    /// The ISO 8601 week of the year: weeks begin on Monday, and the first one contains 4 January.
    public var week: Int {
        // A week belongs to the year that contains its Thursday.
        let thursday = LocalDate(number: number - weekday + 3)
        return (thursday.number - Self.number(thursday.year, 1, 1)) / 7 + 1
    }

    /// The Monday of the week.
    public var monday: LocalDate { adding(days: -weekday) }

    /// The day this many days later.
    public func adding(days: Int) -> LocalDate {
        let (sum, overflow) = number.addingReportingOverflow(days)
        return LocalDate(number: overflow ? (days > 0 ? .max : .min) : sum)
    }

    /// The same day of the month, a number of months later; the last day of a month that is too short.
    public func adding(months: Int) -> LocalDate {
        let (sum, overflow) = (year * 12 + month - 1).addingReportingOverflow(months)
        guard !overflow, (12..<120_000).contains(sum) else { return LocalDate(number: months > 0 ? .max : .min) }
        let (year, month) = (sum / 12, sum % 12 + 1)
        return LocalDate(number: Self.number(year, month, min(day, Self.daysInMonth(month, of: year))))
    }

    /// The number of days in a month.
    public static func daysInMonth(_ month: Int, of year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    // The inverse of the initialiser, from the same source: `days_from_civil`.
    private static func number(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

extension LocalDate: CustomStringConvertible {
    /// The day as `YYYY-MM-DD`.
    public var description: String {
        let digits = String(year)
        return String(repeating: "0", count: 4 - digits.count) + digits + "-\(two(month))-\(two(day))"
    }

    private func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
