import Civic
import Foundation

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
        text == "now" ? now : LocalTime(reading: text, isStrict: true)
    }
}
