import Foundation
import Gazetteer

/// A point in time as programs write it.
enum Moment {
    /// What the clocks of Almaty show.
    static var now: LocalTime { LocalTime(unixSeconds: Int(Date().timeIntervalSince1970)) }

    /// The time of Almaty for `now`, for a time of RFC 3339 with its offset, or for one without an offset, which is taken
    /// for Almaty's own: `2026-12-16T10:00`; nil for anything else.
    static func localTime(_ text: String) -> LocalTime? {
        if text == "now" { return now }
        guard text.utf8.count <= 40 else { return nil }
        if let time = plain(text) { return time }
        guard let date = try? Date(text, strategy: .iso8601) else { return nil }
        return Int(exactly: date.timeIntervalSince1970.rounded(.down)).map { LocalTime(unixSeconds: $0) }
    }

    // «YYYY-MM-DDThh:mm», with or without seconds.
    private static func plain(_ text: String) -> LocalTime? {
        guard let match = try? /(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2}))?/.wholeMatch(in: text),
            let year = Int(match.1), let month = Int(match.2), let day = Int(match.3), let hour = Int(match.4),
            let minute = Int(match.5), let date = LocalDate(year: year, month: month, day: day), hour < 24, minute < 60,
            (match.6.flatMap { Int($0) } ?? 0) < 60
        else { return nil }
        return LocalTime(date, minute: hour * 60 + minute)
    }
}
