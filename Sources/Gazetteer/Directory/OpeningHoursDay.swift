/// What the rules of opening hours make of one day.
struct OpeningHoursDay {
    /// A span with the place of its rule: a later rule may cut what an earlier one opened.
    private typealias Ranked = (span: OpeningHours.Span, rule: Int)

    /// The spans that begin on the day, in order and without overlaps.
    let spans: [OpeningHours.Span]

    /// Applies the rules to a day.
    ///
    /// The night before and the night after are looked at too: «22:00-04:00 off» cuts into the next day.
    init(_ rules: [OpeningHoursRule], _ date: LocalDate, isHoliday: Bool) {
        let open = Self.open(rules, date, isHoliday)
        guard !open.isEmpty, rules.contains(where: { $0.isOff && !$0.spans.isEmpty }) else {
            spans = Self.merged(open.map(\.span))
            return
        }
        let cuts = (-1...1).flatMap { offset in
            let day = date.adding(days: offset)
            let isFree = offset == 0 ? isHoliday : HolidayCalendar.dayOff(on: day) != nil
            return Self.cuts(rules, day, isFree, shift: offset * LocalTime.minutesADay)
        }
        spans = Self.merged(open.flatMap { Self.cut($0, by: cuts) })
    }

    private static func open(_ rules: [OpeningHoursRule], _ date: LocalDate, _ isHoliday: Bool) -> [Ranked] {
        var open: [Ranked] = []
        for (place, rule) in rules.enumerated() where rule.days.contains(date, isHoliday: isHoliday) {
            if rule.isOff {
                if rule.spans.isEmpty { open = [] }
                continue
            }
            if !rule.isAdditional { open = [] }
            let spans = rule.spans.isEmpty ? [OpeningHours.wholeDay] : rule.spans
            open += spans.map { ($0, place) }
        }
        return open
    }

    private static func cuts(
        _ rules: [OpeningHoursRule],
        _ date: LocalDate,
        _ isHoliday: Bool,
        shift: Int
    ) -> [Ranked] {
        var cuts: [Ranked] = []
        for (place, rule) in rules.enumerated() where rule.isOff && rule.days.contains(date, isHoliday: isHoliday) {
            cuts += rule.spans.map { (OpeningHours.Span(start: $0.start + shift, end: $0.end + shift), place) }
        }
        return cuts
    }

    private static func cut(_ open: Ranked, by cuts: [Ranked]) -> [OpeningHours.Span] {
        var pieces = [open.span]
        for cut in cuts where cut.rule > open.rule {
            pieces = pieces.flatMap { piece in
                guard cut.span.start < piece.end, piece.start < cut.span.end else { return [piece] }
                let before = OpeningHours.Span(start: piece.start, end: cut.span.start)
                let after = OpeningHours.Span(start: cut.span.end, end: piece.end, isOpenEnded: piece.isOpenEnded)
                return [before, after].filter { $0.start < $0.end }
            }
        }
        return pieces
    }

    private static func merged(_ spans: [OpeningHours.Span]) -> [OpeningHours.Span] {
        var merged: [OpeningHours.Span] = []
        for span in spans.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
            guard let last = merged.last, span.start <= last.end else {
                merged.append(span)
                continue
            }
            let longer = span.end > last.end ? span : last
            let isOpenEnded = span.end == last.end ? span.isOpenEnded || last.isOpenEnded : longer.isOpenEnded
            merged[merged.count - 1] = OpeningHours.Span(
                start: last.start,
                end: longer.end,
                isOpenEnded: isOpenEnded
            )
        }
        return merged
    }
}
