import Gazetteer

/// Opening hours in words: a line for each run of like days, and whether it is open now.
struct HoursTable {
    private static let minutesADay = 1_440

    let hours: OpeningHours?
    let words: Strings

    /// Days with the same hours in a row share a line: «пн–пт».
    var lines: [PageContext] {
        guard let hours else { return [] }
        var lines: [PageContext] = []
        var first = 0
        for day in 1...7 where day == 7 || hours.days[day] != hours.days[first] {
            lines.append(["days": days(first, day - 1), "times": times(hours.days[first])])
            first = day
        }
        return lines
    }

    /// Whether it is open at a moment, and until when, or when it opens next; nil when the hours are not known.
    ///
    /// - Parameter seconds: since 1970-01-01T00:00:00Z.
    func state(now seconds: Int?) -> PageContext? {
        guard let hours, let now = seconds.map(OpeningHours.minuteOfWeek) else { return nil }
        let week = 7 * Self.minutesADay
        let isOpen = hours.isOpen(atMinuteOfWeek: now)
        let change = (1..<week).first { hours.isOpen(atMinuteOfWeek: (now + $0) % week) != isOpen }
        var state: PageContext = ["open": isOpen, "text": words[isOpen ? "open_now" : "closed_now"]]
        guard let change else { return state }
        let moment = (now + change) % week
        let clock = Self.clock(moment % Self.minutesADay)
        let day = moment / Self.minutesADay
        let time = day == now / Self.minutesADay ? clock : "\(name(of: day)) \(clock)"
        state["change"] = words.text(isOpen ? "closes_at" : "opens_at", ["time": time])
        return state
    }

    private func name(of day: Int) -> String {
        words["day_" + ["mo", "tu", "we", "th", "fr", "sa", "su"][day]]
    }

    private func days(_ first: Int, _ last: Int) -> String {
        first == last ? name(of: first) : "\(name(of: first))–\(name(of: last))"
    }

    private func times(_ spans: [OpeningHours.Span]) -> String {
        if spans.isEmpty { return words["day_off"] }
        if spans == [OpeningHours.wholeDay] { return words["around_the_clock"] }
        return spans.map { "\(Self.clock($0.start))–\(Self.clock($0.end))" }.joined(separator: ", ")
    }

    private static func clock(_ minute: Int) -> String {
        let ofDay = minute == minutesADay ? minute : minute % minutesADay
        let (hour, rest) = ofDay.quotientAndRemainder(dividingBy: 60)
        return (hour < 10 ? "0" : "") + "\(hour):" + (rest < 10 ? "0" : "") + "\(rest)"
    }
}
