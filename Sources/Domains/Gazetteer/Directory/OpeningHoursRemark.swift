import Civic

/// A quoted comment about a time when it is closed.
public struct OpeningHoursRemark: Sendable, Hashable {
    /// The comment.
    public let text: String
    /// Whether the hours state that it is closed, rather than just giving no times: `Sa "by appointment"`.
    public let isClosed: Bool
    /// The time it applies to; nil for the whole day.
    public let span: OpeningHours.Span?

    /// The comments of rules that apply to a day without opening it; a later rule replaces those of the earlier ones.
    static func remarks(of rules: [OpeningHoursRule], on date: LocalDate, isHoliday: Bool) -> [Self] {
        var remarks: [Self] = []
        for rule in rules where rule.days.contains(date, isHoliday: isHoliday) {
            let isCut = rule.isOff && !rule.spans.isEmpty
            if !isCut, !rule.isAdditional || rule.isOff { remarks = [] }
            guard rule.isOff, let text = rule.comment else { continue }
            let spans: [OpeningHours.Span?] = rule.spans.isEmpty ? [nil] : rule.spans
            remarks += spans.map { Self(text: text, isClosed: !rule.isWordsAlone, span: $0) }
        }
        return remarks
    }
}
