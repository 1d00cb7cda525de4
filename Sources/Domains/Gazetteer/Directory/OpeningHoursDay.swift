import Civic

/// The result of applying the rules of opening hours to one day.
struct OpeningHoursDay {
    /// A span with the index of its rule: a later rule may cut what an earlier one opened.
    private typealias Ranked = (span: OpeningHours.Span, rule: Int)

    /// The spans that begin on the day, in order and without overlaps.
    let spans: [OpeningHours.Span]

    /// Applies the rules to a day.
    ///
    /// The nights before and after are considered too: «22:00-04:00 off» cuts into the next day.
    init(_ rules: [OpeningHoursRule], _ date: LocalDate, isHoliday: Bool) {
        let open = Self.open(rules, date, isHoliday)
        guard !open.isEmpty, rules.contains(where: { $0.isOff && !$0.spans.isEmpty }) else {
            spans = Self.joined(open.map(\.span))
            return
        }
        let cuts = (-1...1).flatMap { offset in
            let day = date.adding(days: offset)
            let isFree = offset == 0 ? isHoliday : HolidayCalendar.dayOff(on: day) != nil
            return Self.cuts(rules, day, isFree, shift: offset * LocalTime.minutesADay)
        }
        spans = Self.joined(open.flatMap { Self.cut($0, by: cuts) })
    }

    private static func open(_ rules: [OpeningHoursRule], _ date: LocalDate, _ isHoliday: Bool) -> [Ranked] {
        var open: [Ranked] = []
        for (place, rule) in rules.enumerated() where rule.days.contains(date, isHoliday: isHoliday) {
            if rule.isOff {
                if rule.spans.isEmpty { open = [] }
                continue
            }
            if !rule.isAdditional { open = [] }
            let spans = rule.spans.isEmpty ? [OpeningHours.wholeDay] : bounded(rule.spans)
            open += spans.map { span in
                let commented = OpeningHours.Span(
                    start: span.start,
                    end: span.end,
                    isOpenEnded: span.isOpenEnded,
                    comment: rule.comment
                )
                return (commented, place)
            }
        }
        return open
    }

    // In «07:00+,12:00-16:00» the open end lasts until the next span begins, and that span ends the day.
    private static func bounded(_ spans: [OpeningHours.Span]) -> [OpeningHours.Span] {
        guard spans.count > 1, spans.contains(where: isGuessed) else { return spans }
        return spans.compactMap { span in
            guard isGuessed(span) else { return span }
            let later = spans.filter { $0.start > span.start || $0.start == span.start && !isGuessed($0) }
            guard let next = later.map(\.start).min() else { return span }
            return next > span.start ? OpeningHours.Span(start: span.start, end: next) : nil
        }
    }

    // Whether the end of the span is only the end of the day.
    private static func isGuessed(_ span: OpeningHours.Span) -> Bool {
        span.isOpenEnded && span.end == LocalTime.minutesADay
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
                let before = OpeningHours.Span(start: piece.start, end: cut.span.start, comment: piece.comment)
                let after = OpeningHours.Span(
                    start: cut.span.end,
                    end: piece.end,
                    isOpenEnded: piece.isOpenEnded,
                    comment: piece.comment
                )
                return [before, after].filter { $0.start < $0.end }
            }
        }
        return pieces
    }

    // Split overlapping spans into pieces that carry the comments of every span covering them; merge equal neighbours.
    private static func joined(_ spans: [OpeningHours.Span]) -> [OpeningHours.Span] {
        guard spans.count > 1 else { return spans }
        let edges = Set(spans.flatMap { [$0.start, $0.end] }).sorted()
        var joined: [OpeningHours.Span] = []
        for (start, end) in zip(edges, edges.dropFirst()) {
            let holding = spans.filter { $0.start <= start && end <= $0.end }
            guard !holding.isEmpty else { continue }
            var comments: [String] = []
            for case let comment? in holding.map(\.comment) where !comments.contains(comment) {
                comments.append(comment)
            }
            let comment = comments.isEmpty ? nil : comments.joined(separator: "; ")
            let goesOn = spans.contains { $0.start <= end && end < $0.end }
            let isOpenEnded = !goesOn && holding.contains { $0.end == end && $0.isOpenEnded }
            let last = joined.last.flatMap { $0.end == start && $0.comment == comment ? $0 : nil }
            if last != nil { joined.removeLast() }
            joined.append(.init(start: last?.start ?? start, end: end, isOpenEnded: isOpenEnded, comment: comment))
        }
        return joined
    }
}
