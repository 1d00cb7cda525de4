/// Weekly opening hours, read from the subset of OpenStreetMap's `opening_hours` that the city's data uses.
///
/// Understood: `24/7`, `Mo-Fr 09:00-18:00`, lists of days and of spans, `off`, several rules separated by `;` of
/// which a later one replaces an earlier one for its days, spans past midnight, and `PH off`.
/// Source: <https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification>.
public struct OpeningHours: Sendable, Hashable {
    /// A span of minutes counted from midnight; the end may lie past 1,440.
    public struct Span: Sendable, Hashable {
        /// First minute.
        public let start: Int
        /// First minute after the end.
        public let end: Int
    }

    /// Midnight to midnight.
    public static let wholeDay = Span(start: 0, end: minutesADay)

    /// The spans of each day, Monday first.
    public let days: [[Span]]

    private static let dayNames = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
    private static let minutesADay = 1_440

    /// Reads hours; nil when the text is not understood.
    public init?(_ text: String) {
        var days = [[Span]](repeating: [], count: 7)
        for rule in text.split(separator: ";") {
            let words = rule.split(separator: " ").map(String.init)
            guard let first = words.first else { continue }
            if words == ["24/7"] {
                days = .init(repeating: [Span(start: 0, end: Self.minutesADay)], count: 7)
            } else if first == "PH" {
                guard words.count == 2, words[1] == "off" else { return nil }
            } else {
                let named = Self.dayIndices(first)
                guard let spans = Self.spans(named == nil ? words : Array(words.dropFirst())) else { return nil }
                for day in named ?? Array(0..<7) { days[day] = spans }
            }
        }
        guard days.contains(where: { !$0.isEmpty }) else { return nil }
        self.days = days
    }

    /// Whether it is open at a minute of the week (0 = Monday 00:00, local time).
    public func isOpen(atMinuteOfWeek minute: Int) -> Bool {
        let day = minute / Self.minutesADay
        let ofDay = minute % Self.minutesADay
        if days[day].contains(where: { $0.start <= ofDay && ofDay < $0.end }) { return true }
        let yesterday = days[(day + 6) % 7]
        return yesterday.contains { ofDay + Self.minutesADay < $0.end }
    }

    /// The minute of the week in Almaty, which keeps UTC+5 all year since 1 March 2024.
    ///
    /// - Parameter seconds: seconds since 1970-01-01T00:00:00Z.
    public static func minuteOfWeek(unixSeconds seconds: Int) -> Int {
        let week = 7 * minutesADay
        // 1970-01-01 was a Thursday: three days after Monday.
        let minutes = Int((Double(seconds) / 60).rounded(.down)) + 5 * 60 + 3 * minutesADay
        return ((minutes % week) + week) % week
    }

    private static func dayIndices(_ text: String) -> [Int]? {
        var indices: [Int] = []
        for part in text.split(separator: ",") {
            let ends = part.split(separator: "-").map { dayNames.firstIndex(of: String($0)) }
            switch (ends.count, ends.first ?? nil, ends.last ?? nil) {
            case (1, let day?, _): indices.append(day)
            case (2, let from?, let to?):
                indices += (0..<7).map { (from + $0) % 7 }.prefix((to - from + 7) % 7 + 1)
            default: return nil
            }
        }
        return indices
    }

    private static func spans(_ words: [String]) -> [Span]? {
        if words == ["off"] { return [] }
        guard words.count == 1 else { return nil }
        var spans: [Span] = []
        for part in words[0].split(separator: ",") {
            let ends = part.split(separator: "-").map { minute(String($0)) }
            guard ends.count == 2, let start = ends[0], var end = ends[1] else { return nil }
            if end <= start { end += minutesADay }
            spans.append(Span(start: start, end: end))
        }
        return spans
    }

    private static func minute(_ text: String) -> Int? {
        let parts = text.split(separator: ":")
        guard parts.count == 2, parts[1].count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]),
            (0...24).contains(hour), (0..<60).contains(minute), hour * 60 + minute <= minutesADay
        else { return nil }
        return hour * 60 + minute
    }
}
