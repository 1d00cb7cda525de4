/// The days off of Kazakhstan.
///
/// Sources: the Law on holidays of 13 December 2001 № 267-II (adilet.zan.kz, Z010000267_): national and state holidays are
/// days off, and one that falls on a weekend makes the next working day a day off (art. 5). Labour Code, art. 84 (5): 7
/// January and the first day of Kurban Ait are days off that do not move; art. 85 (3): days off may be moved by order, such
/// as the ministry's order of 21 November 2024 № 436. Constitution Day was last kept on 30 August in 2025 and is on 15 March
/// from 2027 (Ministry of Labour, March 2026). The weekend is that of the five-day week.
///
/// The calendar begins with 2022, when Republic Day was reintroduced; it has no days off before that. Orders that moved days
/// off are known for 2022 to 2025; none was found for 2026.
///
/// It answers for every year, by rule, and tells whether institutions are likely to be closed. Terms in law are counted with
/// `WorkCalendar`, which knows only the years that were looked up, and the weekend days that are worked in exchange.
public enum HolidayCalendar {
    /// The first year covered.
    public static let firstYear = 2_022

    /// The reason why a day is a day off, other than a plain weekend; nil when it is not one.
    public static func dayOff(on date: LocalDate) -> DayOff? {
        guard date.year >= firstYear else { return nil }
        if let holiday = holiday(on: date) {
            let isExpected = holiday == .kurbanAit && !KurbanAit.isAnnounced(in: date.year)
            return DayOff(holiday: holiday, isMoved: false, isExpected: isExpected)
        }
        guard let holiday = moved(to: date) else { return nil }
        return DayOff(holiday: holiday, isMoved: true, isExpected: false)
    }

    /// The holiday on a day itself.
    public static func holiday(on date: LocalDate) -> Holiday? {
        guard date.year >= firstYear else { return nil }
        if let holiday = stateHoliday(on: date) { return holiday }
        if date.month == 1, date.day == 7 { return .christmas }
        return KurbanAit.firstDay(in: date.year) == date ? .kurbanAit : nil
    }

    // Holidays that make the next working day a day off when they fall on a weekend.
    private static func stateHoliday(on date: LocalDate) -> Holiday? {
        switch (date.month, date.day) {
        case (1, 1), (1, 2): .newYear
        case (3, 8): .womensDay
        case (3, 15): date.year >= 2_027 ? .constitution : nil
        case (3, 21), (3, 22), (3, 23): .nauryz
        case (5, 1): .unity
        case (5, 7): .defender
        case (5, 9): .victory
        case (7, 6): .capital
        case (8, 30): date.year <= 2_025 ? .constitution : nil
        case (10, 25): .republic
        case (12, 16): .independence
        default: nil
        }
    }

    private static func moved(to date: LocalDate) -> Holiday? {
        guard !date.isWeekend else { return nil }
        if let holiday = movedByOrder(to: date) { return holiday }
        // A day off moves past a weekend and the holidays after it, never by more than ten days.
        var taken: Set<LocalDate> = []
        for back in stride(from: 10, through: 1, by: -1) {
            let day = date.adding(days: -back)
            guard day.isWeekend, let holiday = stateHoliday(on: day) else { continue }
            var free = day.adding(days: 1)
            while free.isWeekend || Self.holiday(on: free) != nil || taken.contains(free) {
                free = free.adding(days: 1)
            }
            if free == date { return holiday }
            taken.insert(free)
        }
        return nil
    }

    // Days off moved by order, each with the holiday next to it.
    private static func movedByOrder(to date: LocalDate) -> Holiday? {
        switch (date.year, date.month, date.day) {
        case (2_022, 3, 7): .womensDay
        case (2_022, 8, 29): .constitution
        case (2_022, 10, 24): .republic
        case (2_023, 7, 7): .capital
        case (2_024, 5, 8): .defender
        case (2_025, 1, 3): .newYear
        default: nil
        }
    }
}
