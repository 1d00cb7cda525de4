public import Civic

/// Opening hours, read from a subset of OpenStreetMap's `opening_hours`.
///
/// Supported: `24/7`; weekdays, lists and ranges of them, `Mo[1]`, `Mo[-1]`; `PH`, `SH`; months, dates, years and weeks;
/// several spans, spans past midnight (`22:00-06:00`, `20:00-26:00`), open ends (`08:00+`); `open`, `off`, `closed` and
/// quoted comments; rules after `;`, which replace earlier ones on their days, rules after `,`, which add to them, and a
/// comment after `||`. Everything else is rejected.
/// Source: <https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification>, version 0.7.4.
///
/// One deviation: a span belongs entirely to the day on which it begins, so `Fr 20:00-02:00; Sa off` is open until two at
/// night. The specification would close at midnight, because it replaces calendar days.
public struct OpeningHours: Sendable, Hashable {
    /// A span in minutes from midnight at the beginning of its day; the end may be past 1,440.
    public struct Span: Sendable, Hashable {
        /// First minute.
        public let start: Int
        /// First minute after the end.
        public let end: Int
        /// Whether it may stay open after the end.
        public let isOpenEnded: Bool
        /// The quoted comment that applies to it.
        public let comment: String?

        /// Makes a span.
        public init(start: Int, end: Int, isOpenEnded: Bool = false, comment: String? = nil) {
            self.start = start
            self.end = end
            self.isOpenEnded = isOpenEnded
            self.comment = comment
        }
    }

    /// Midnight to midnight.
    public static let wholeDay = Span(start: 0, end: LocalTime.minutesADay)

    /// The quoted comments that belong to no days or times: those on their own or after `||`.
    public let comments: [String]
    /// Whether it contains days or times at all, and not only a quoted comment.
    public var namesHours: Bool { !rules.isEmpty }
    /// Whether a rule mentions public holidays.
    public let namesPublicHolidays: Bool
    /// Whether days with the same weekday may differ, apart from holidays: seasons, single dates.
    public let dependsOnDate: Bool
    private let rules: [OpeningHoursRule]
    // The spans of Monday to Sunday, then of a holiday on Monday to Sunday, if they are the same every week.
    private let regular: [[Span]]

    /// Parses hours; nil when the text is invalid.
    public init?(_ text: String) {
        guard let hours = try? OpeningHours(reading: text) else { return nil }
        self = hours
    }

    /// Parses hours.
    ///
    /// - Throws: `OpeningHoursError` with the word that is not understood in its position.
    public init(reading text: String) throws(OpeningHoursError) {
        (rules, comments) = try OpeningHoursParser.read(text)
        if rules.isEmpty, comments.isEmpty { throw OpeningHoursError(word: "") }
        namesPublicHolidays = rules.contains { $0.days.namesPublicHolidays }
        dependsOnDate = rules.contains { $0.days.dependsOnDate }
        let cuts = rules.contains { $0.isOff && !$0.spans.isEmpty }
        regular = dependsOnDate || cuts ? [] : Self.regularSpans(rules)
    }

    /// Whether it is open at a time.
    public func isOpen(at time: LocalTime) -> Bool {
        let today = spans(on: time.date, isHoliday: time.isHoliday)
        if today.contains(where: { $0.start <= time.minute && time.minute < $0.end }) { return true }
        let late = time.minute + LocalTime.minutesADay
        let before = spans(on: time.date.adding(days: -1), isHoliday: time.wasHoliday)
        return before.contains { $0.start <= late && late < $0.end }
    }

    /// The quoted comments for a day on which it is closed, and for times cut out of the day.
    ///
    /// - Parameter isHoliday: whether to treat it as a public holiday; nil uses the calendar of Kazakhstan.
    public func remarks(on date: LocalDate, isHoliday: Bool? = nil) -> [OpeningHoursRemark] {
        let isHoliday = isHoliday ?? (namesPublicHolidays && HolidayCalendar.dayOff(on: date) != nil)
        return OpeningHoursRemark.remarks(of: rules, on: date, isHoliday: isHoliday)
    }

    /// The spans that begin on a day, in order and without overlaps; those that touch have different comments.
    ///
    /// - Parameter isHoliday: whether to treat it as a public holiday; nil uses the calendar of Kazakhstan.
    public func spans(on date: LocalDate, isHoliday: Bool? = nil) -> [Span] {
        let isHoliday = isHoliday ?? (namesPublicHolidays && HolidayCalendar.dayOff(on: date) != nil)
        if !regular.isEmpty { return regular[date.weekday + (isHoliday ? 7 : 0)] }
        return OpeningHoursDay(rules, date, isHoliday: isHoliday).spans
    }

    private static func regularSpans(_ rules: [OpeningHoursRule]) -> [[Span]] {
        let monday = LocalDate(number: 4)
        return [false, true].flatMap { isHoliday in
            (0..<7).map { OpeningHoursDay(rules, monday.adding(days: $0), isHoliday: isHoliday).spans }
        }
    }
}
