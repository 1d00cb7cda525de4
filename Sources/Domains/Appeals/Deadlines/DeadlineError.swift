public import Civic

/// Why a deadline cannot be counted or moved; a missing work calendar is `CivicError.noWorkCalendar`.
public enum DeadlineError: Error, Sendable, Hashable, CustomStringConvertible {
    /// No rules were in force on the day.
    case noRules(day: LocalDate, first: LocalDate)
    /// The law provides for no extension for appeals of this kind.
    case noExtension(TermKind)
    /// The term was extended before, and the law provides for one extension.
    case extendedBefore(until: LocalDate)
    /// The extension was decided after the term had ended.
    case extendedTooLate(decided: LocalDate, answerBy: LocalDate)
    /// The new day is not after the old one, or later than the law allows.
    case extensionOutOfRange(until: LocalDate, after: LocalDate, latest: LocalDate)
    /// A pause ends before it begins.
    case invertedPause(start: LocalTime, end: LocalTime)

    /// The reason and what to do.
    public var description: String {
        switch self {
        case .noRules(let day, let first): "\(day) is before \(first), when the Code came into force"
        case .noExtension(let kind): "the term of appeals of the kind \(kind.rawValue) cannot be extended"
        case .extendedBefore(let until): "the term was already extended, until \(until)"
        case .extendedTooLate(let decided, let answerBy):
            "an extension must be decided before the term ends: it ended on \(answerBy), and the decision is of \(decided)"
        case .extensionOutOfRange(let until, let after, let latest):
            "the term cannot be extended until \(until): the day must be after \(after) and not after \(latest)"
        case .invertedPause(let start, let end): "a pause from \(start) ends at \(end), before it begins"
        }
    }
}
