/// A holiday of Kazakhstan on which nobody has to work.
public enum Holiday: String, Sendable, CaseIterable {
    /// 1 and 2 January.
    case newYear = "new_year"
    /// Orthodox Christmas, 7 January.
    case christmas
    /// International Women's Day, 8 March.
    case womensDay = "womens_day"
    /// Nauryz, 21 to 23 March.
    case nauryz
    /// The day of the unity of the people of Kazakhstan, 1 May.
    case unity
    /// Defender of the Fatherland Day, 7 May.
    case defender
    /// Victory Day, 9 May.
    case victory
    /// Capital Day, 6 July.
    case capital
    /// Constitution Day: 30 August until 2025, 15 March from 2027.
    case constitution
    /// Republic Day, 25 October.
    case republic
    /// Independence Day, 16 December.
    case independence
    /// The first day of Kurban Ait.
    case kurbanAit = "kurban_ait"
}

/// The reason why a day is a day off.
public struct DayOff: Sendable, Hashable {
    /// The holiday that causes it.
    public let holiday: Holiday
    /// Whether the day is not the holiday itself but replaces it or connects it to a weekend.
    public let isMoved: Bool
    /// Whether the date is only expected: Kurban Ait follows the moon and is announced shortly before.
    public let isExpected: Bool
}
