import Civic
import Foundation
import SiteKit

/// Parses points in time as API clients write them.
enum Moment {
    /// The current time in Almaty.
    static var now: LocalTime { LocalTime(unixSeconds: Int(Date().timeIntervalSince1970)) }

    /// A JSON Schema regular expression for a time without an offset; it omits 29 February, which not every year has.
    static let localPattern =
        "^[1-9][0-9]{3}-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)"
        + "T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"

    /// The Almaty time for `now`, for an RFC 3339 time with an offset, or for a time without an offset, which is read as
    /// Almaty time (`2026-12-16T10:00`); nil for anything else.
    static func localTime(_ text: String) -> LocalTime? {
        if text == "now" { return now }
        guard text.utf8.count <= 40 else { return nil }
        let pattern =
            /([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?([Zz]|[+-][0-9]{2}:[0-9]{2})?/
        guard let match = try? pattern.wholeMatch(in: text), let year = Int(match.1), let month = Int(match.2),
            let day = Int(match.3), let hour = Int(match.4), let minute = Int(match.5),
            let date = LocalDate(year: year, month: month, day: day), hour < 24, minute < 60
        else { return nil }
        // A leap second (RFC 3339 §5.6) belongs to the minute that it ends.
        let second = match.6.flatMap { Int($0) } ?? 0
        guard second <= 60 else { return nil }
        guard let zone = match.7 else { return LocalTime(date, minute: hour * 60 + minute) }
        guard match.6 != nil, let offset = offset(zone) else { return nil }
        return LocalTime(unixSeconds: date.number * 86_400 + (hour * 60 + minute - offset) * 60 + min(second, 59))
    }

    // Offset from UTC in minutes, positive east of Greenwich.
    private static func offset(_ zone: Substring) -> Int? {
        guard let sign = zone.first, sign == "+" || sign == "-" else { return 0 }
        let numbers = zone.dropFirst().split(separator: ":").compactMap { Int($0) }
        guard numbers.count == 2, numbers[0] < 24, numbers[1] < 60 else { return nil }
        return (numbers[0] * 60 + numbers[1]) * (sign == "-" ? -1 : 1)
    }
}
