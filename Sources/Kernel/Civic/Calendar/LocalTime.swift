/// A minute of local time in Almaty.
///
/// Almaty has been on UTC+5 all year since 1 March 2024, and was on UTC+6 from 2005 until then. Source: the time zone
/// database, zone Asia/Almaty. Daylight saving time in the years before 2005 is ignored.
public struct LocalTime: Sendable, Hashable, Comparable {
    /// The day.
    public let date: LocalDate
    /// The minute of the day, 0 to 1,439.
    public let minute: Int
    // Stored, because opening hours need them for each institution of a list.
    /// Whether the day is a day off.
    package let isHoliday: Bool
    /// Whether the day before was a day off.
    package let wasHoliday: Bool

    /// Minutes of a day.
    public static let minutesADay = 1_440
    // 2024-02-29T18:00:00Z: at midnight the clocks went back by one hour.
    private static let change = 1_709_229_600

    /// Makes a time; a minute outside the day is clamped.
    public init(_ date: LocalDate, minute: Int) {
        self.date = date
        self.minute = min(max(minute, 0), Self.minutesADay - 1)
        isHoliday = HolidayCalendar.dayOff(on: date) != nil
        wasHoliday = HolidayCalendar.dayOff(on: date.adding(days: -1)) != nil
    }

    /// Makes the local time in Almaty.
    ///
    /// - Parameter seconds: since 1970-01-01T00:00:00Z; clamped to the years 1 to 9999.
    public init(unixSeconds seconds: Int) {
        let first = LocalDate.numbers.lowerBound * 86_400
        let last = (LocalDate.numbers.upperBound + 1) * 86_400 - 1
        let local = min(min(max(seconds, first), last) + (seconds < Self.change ? 6 : 5) * 3_600, last)
        let day = (local >= 0 ? local : local - 86_399) / 86_400
        self.init(LocalDate(number: day), minute: (local - day * 86_400) / 60)
    }

    /// Whether the left time comes before the right one.
    public static func < (left: Self, right: Self) -> Bool {
        (left.date.number, left.minute) < (right.date.number, right.minute)
    }
}

extension LocalTime: CustomStringConvertible {
    /// The time as `YYYY-MM-DDThh:mm`.
    public var description: String {
        let (hour, rest) = minute.quotientAndRemainder(dividingBy: 60)
        return "\(date)T" + (hour < 10 ? "0" : "") + "\(hour):" + (rest < 10 ? "0" : "") + "\(rest)"
    }
}
