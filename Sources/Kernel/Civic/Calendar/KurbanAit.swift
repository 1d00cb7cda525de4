/// The first day of Kurban Ait, the 10th of Dhu al-Hijja.
///
/// The Spiritual Administration of the Muslims of Kazakhstan announces it, and may shift it by a day at short notice, as in
/// 2024. Sources of the announced days: kursiv.media (2022), gov.kz via newshub.kz (2023), altyalash.kz (2024), the Ministry
/// of Labour via caravan.kz (2025), kazpravda.kz of 14 January 2026 (2026). Until 2035 the expected days are those of the
/// Umm al-Qura calendar; later ones are computed with the tabular Islamic calendar and may be off by a day.
enum KurbanAit {
    private static let announced = 2_022...2_026

    /// Whether the day of a year has been announced, rather than only expected.
    static func isAnnounced(in year: Int) -> Bool { announced.contains(year) }

    /// The day in a year; nil in the rare year that has none.
    static func firstDay(in year: Int) -> LocalDate? {
        switch year {
        case 2_022: LocalDate(year: year, month: 7, day: 9)
        case 2_023: LocalDate(year: year, month: 6, day: 28)
        case 2_024: LocalDate(year: year, month: 6, day: 16)
        case 2_025: LocalDate(year: year, month: 6, day: 6)
        case 2_026: LocalDate(year: year, month: 5, day: 27)
        case 2_027: LocalDate(year: year, month: 5, day: 16)
        case 2_028: LocalDate(year: year, month: 5, day: 5)
        case 2_029: LocalDate(year: year, month: 4, day: 24)
        case 2_030: LocalDate(year: year, month: 4, day: 13)
        case 2_031: LocalDate(year: year, month: 4, day: 2)
        case 2_032: LocalDate(year: year, month: 3, day: 22)
        case 2_033: LocalDate(year: year, month: 3, day: 11)
        case 2_034: LocalDate(year: year, month: 3, day: 1)
        case 2_035: LocalDate(year: year, month: 2, day: 18)
        default: computed(in: year)
        }
    }

    /// The day according to the tabular Islamic calendar.
    ///
    /// Source of the formula: E. G. Richards, "Calendars", in Urban and Seidelmann (ed.), Explanatory Supplement to the
    /// Astronomical Almanac, 3rd edition, 2013; the epoch is Thursday, 15 July 622 (Julian).
    static func computed(in year: Int) -> LocalDate? {
        // Islamic years are eleven days shorter, so two may begin in one year; try both neighbours.
        let guess = (year - 622) * 33 / 32
        return (guess - 1...guess + 2).lazy.map(day).first { $0.year == year }
    }

    private static func day(ofIslamicYear year: Int) -> LocalDate {
        // 325 days before the 12th month; 1,948,438 before the epoch; 2,440,588 is the Julian day of 1970-01-01.
        let julianDay = 10 + 325 + (year - 1) * 354 + (3 + 11 * year) / 30 + 1_948_438
        return LocalDate(number: julianDay - 2_440_588)
    }
}
