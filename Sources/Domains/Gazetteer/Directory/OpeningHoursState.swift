public import Civic

/// Whether it is open, and the next change.
public enum OpeningHoursState: Sendable, Hashable {
    /// Open until this time; nil when it never closes or the closing time is unknown.
    case open(until: LocalTime?)
    /// Closed until this time; nil when it does not open within a year.
    case closed(until: LocalTime?)
}

extension OpeningHours {
    // A year and a day, so that a place open on one day of the year is found.
    private static let furthest = 367

    /// Whether it is open at a time, and the next change.
    public func state(at time: LocalTime) -> OpeningHoursState {
        let before = spans(on: time.date.adding(days: -1)).map { shifted($0, by: -LocalTime.minutesADay) }
        let near = before + spans(on: time.date)
        guard let current = longest(near, at: time.minute) else { return .closed(until: opening(after: time)) }
        return .open(until: closing(of: current, from: time.date))
    }

    private func opening(after time: LocalTime) -> LocalTime? {
        for offset in 0...Self.furthest {
            let date = time.date.adding(days: offset)
            let minute = offset == 0 ? time.minute : -1
            if let next = spans(on: date).first(where: { $0.start > minute }) {
                return LocalTime(date, minute: next.start)
            }
        }
        return nil
    }

    // Spans that follow each other without a gap, also over midnight, count as one.
    private func closing(of span: Span, from date: LocalDate) -> LocalTime? {
        var last = span
        for offset in 0...Self.furthest {
            let shift = offset * LocalTime.minutesADay
            for next in spans(on: date.adding(days: offset)).map({ shifted($0, by: shift) })
            where next.start <= last.end && next.end >= last.end {
                last = next
            }
            // The next day begins after the end, so nothing further can join.
            if last.end < shift + LocalTime.minutesADay { return last.isOpenEnded ? nil : time(last.end, from: date) }
        }
        return nil
    }

    private func longest(_ spans: [Span], at minute: Int) -> Span? {
        spans.filter { $0.start <= minute && minute < $0.end }.max { $0.end < $1.end }
    }

    private func shifted(_ span: Span, by minutes: Int) -> Span {
        Span(start: span.start + minutes, end: span.end + minutes, isOpenEnded: span.isOpenEnded)
    }

    private func time(_ minute: Int, from date: LocalDate) -> LocalTime {
        let (days, rest) = minute.quotientAndRemainder(dividingBy: LocalTime.minutesADay)
        return LocalTime(date.adding(days: days), minute: rest)
    }
}
