public import Civic

/// The rules for counting terms, each set in force from a certain day.
///
/// An appeal keeps the set under which it was registered. The sets are the law of their time, not settings.
public enum DeadlineRules: String, CaseIterable, Sendable, Hashable, Codable {
    /// The Code as it came into force: the term runs from the receipt, without saying whether that day counts.
    case code2021 = "2021-07-01"
    /// The Code as amended by Law № 241-VIII: the term runs from the registration, and its first day is the day after.
    case amended2025 = "2025-12-29"

    /// What the law names as the beginning of a term.
    public enum Base: String, Sendable, Hashable {
        /// The receipt; something that comes after hours or on a day off counts as received on the day of its registration.
        case receipt
        /// The registration.
        case registration
    }

    /// The first day on which an appeal could be registered under these rules.
    public var inForceFrom: LocalDate {
        switch self {
        case .code2021: LocalDate(number: 18_809)
        case .amended2025: LocalDate(number: 20_451)
        }
    }

    /// What the law names as the beginning.
    public var base: Base { self == .code2021 ? .receipt : .registration }

    /// Whether the law says that the first day is the day after.
    ///
    /// If it does not, the day after is used, as was usual, and the dates
    /// that follow from counting the first day are given beside it.
    public var firstDayIsStated: Bool { self == .amended2025 }

    /// The rules in force on a day of registration.
    ///
    /// - Throws: `DeadlineError.noRules` for a day before the Code.
    public static func inForce(on day: LocalDate) throws(DeadlineError) -> DeadlineRules {
        guard let rules = allCases.last(where: { $0.inForceFrom <= day }) else {
            throw .noRules(day: day, first: code2021.inForceFrom)
        }
        return rules
    }
}
