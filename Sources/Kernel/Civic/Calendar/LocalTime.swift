import Foundation

/// A minute of local time in Almaty.
///
/// Offsets from UTC come from the time zone database that Foundation carries, zone Asia/Almaty: +6 in winter and +7 in summer
/// until 2004, +6 from then until 29 February 2024, +5 since. `openalmaty check` reports a database that is older than that.
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
    // Where the database is missing, the present offset is better than none; the check reports it.
    private static let zone = TimeZone(identifier: "Asia/Almaty") ?? TimeZone(secondsFromGMT: 5 * 3_600)

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
        let instant = min(max(seconds, first), last)
        let offset = Self.zone?.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant))) ?? 0
        let local = min(instant + offset, last)
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
