import TestSupport

@testable import Gazetteer

/// Generates random opening-hours rules and writes them as text.
struct OpeningHoursWriter {
    private static let weekdays = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    var random: SplitMix64

    /// Rules that the parser must accept unchanged.
    mutating func rules() -> [OpeningHoursRule] {
        (0..<Int.random(in: 1...4, using: &random)).map { place in
            var rule = self.rule()
            // Times alone after a comma would belong to the rule before.
            rule.isAdditional = place > 0 && rule.days != OpeningHoursDays() && Bool.random(using: &random)
            return rule
        }
    }

    private mutating func rule() -> OpeningHoursRule {
        var rule = OpeningHoursRule()
        if chance(0.8) { rule.days = days() }
        rule.isOff = chance(0.3)
        if !rule.isOff || chance(0.5) { rule.spans = (0..<Int.random(in: 1...3, using: &random)).map { _ in span() } }
        if chance(0.3) { rule.comment = "по записи \(Int.random(in: 1...9, using: &random))" }
        return rule
    }

    private mutating func days() -> OpeningHoursDays {
        var days = OpeningHoursDays()
        switch Int.random(in: 0...5, using: &random) {
        case 0:
            let from = Int.random(in: 2_000...2_090, using: &random)
            let length = Int.random(in: 0...9, using: &random)
            let step = length > 1 && chance(0.5) ? Int.random(in: 2...length, using: &random) : 1
            days.years = [.init(from: from, to: chance(0.2) ? 9_999 : from + length, step: 1)]
            if days.years[0].to != 9_999 { days.years = [.init(from: from, to: from + length, step: step)] }
        case 1:
            let from = Int.random(in: 1...40, using: &random)
            let length = Int.random(in: 2...13, using: &random)
            days.weeks = [.init(from: from, to: from + length, step: Int.random(in: 1...length, using: &random))]
        case 2: days.dates = (0..<Int.random(in: 1...2, using: &random)).map { _ in dates() }
        default: break
        }
        switch Int.random(in: 0...3, using: &random) {
        case 0: days.namesPublicHolidays = true
        case 1:
            days.namesPublicHolidays = true
            days.needsBoth = true
            days.weekdays = 1 << UInt8.random(in: 0...6, using: &random)
        case 2:
            let count = Int.random(in: 1...5, using: &random) * (Bool.random(using: &random) ? 1 : -1)
            days.nthWeekdays = [.init(weekday: Int.random(in: 0...6, using: &random), count: count)]
        default: days.weekdays = UInt8.random(in: 1...127, using: &random)
        }
        return days
    }

    private mutating func dates() -> OpeningHoursDays.Dates {
        let year = chance(0.3) ? Int.random(in: 2_000...2_098, using: &random) : nil
        let from = OpeningHoursDays.Dates.End(
            year: year,
            month: Int.random(in: 1...12, using: &random),
            day: Int.random(in: 1...28, using: &random)
        )
        let to = OpeningHoursDays.Dates.End(
            year: year.map { $0 + 1 },
            month: Int.random(in: 1...12, using: &random),
            day: Int.random(in: 1...28, using: &random)
        )
        return .init(from: from, to: to)
    }

    private mutating func span() -> OpeningHours.Span {
        let start = Int.random(in: 0..<1_440, using: &random)
        if chance(0.1) { return .init(start: start, end: 1_440, isOpenEnded: true) }
        return .init(start: start, end: start + Int.random(in: 1...1_439, using: &random), isOpenEnded: chance(0.1))
    }

    private mutating func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &random) < share }

    /// The text of rules.
    static func text(_ rules: [OpeningHoursRule]) -> String {
        var text = ""
        for rule in rules {
            if !text.isEmpty { text += rule.isAdditional ? ", " : "; " }
            let parts = [
                self.text(rule.days), rule.spans.map(self.text).joined(separator: ","), rule.isOff ? "off" : "",
            ]
            text += (parts + [rule.comment.map { "\"\($0)\"" } ?? ""]).filter { !$0.isEmpty }.joined(separator: " ")
        }
        return text
    }

    private static func text(_ days: OpeningHoursDays) -> String {
        var parts: [String] = []
        parts += days.years.map { years in
            years.to == 9_999 ? "\(years.from)+" : range(years.from, years.to, years.step)
        }
        if !days.dates.isEmpty {
            parts.append(days.dates.map { "\(end($0.from))-\(end($0.to))" }.joined(separator: ","))
        }
        parts += days.weeks.map { "week " + range($0.from, $0.to, $0.step) }
        let named = (0..<7).filter { days.weekdays & (1 << $0) != 0 }.map { weekdays[$0] }
        let counted = days.nthWeekdays.map { "\(weekdays[$0.weekday])[\($0.count)]" }
        let list = (named + counted).joined(separator: ",")
        let holiday = days.namesPublicHolidays ? "PH" : ""
        parts.append([holiday, list].filter { !$0.isEmpty }.joined(separator: days.needsBoth ? " " : ","))
        return parts.filter { !$0.isEmpty }.joined(separator: " ")
    }

    private static func range(_ from: Int, _ to: Int, _ step: Int) -> String {
        from == to ? "\(from)" : "\(from)-\(to)" + (step == 1 ? "" : "/\(step)")
    }

    private static func end(_ end: OpeningHoursDays.Dates.End) -> String {
        (end.year.map { "\($0) " } ?? "") + "\(months[end.month - 1]) \(end.day)"
    }

    private static func text(_ span: OpeningHours.Span) -> String {
        if span.isOpenEnded, span.end == 1_440 { return clock(span.start) + "+" }
        return "\(clock(span.start))-\(clock(span.end))" + (span.isOpenEnded ? "+" : "")
    }

    private static func clock(_ minute: Int) -> String {
        let (hour, rest) = minute.quotientAndRemainder(dividingBy: 60)
        return (hour < 10 ? "0" : "") + "\(hour):" + (rest < 10 ? "0" : "") + "\(rest)"
    }
}
