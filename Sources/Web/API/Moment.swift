import Foundation

/// A point in time as programs write it.
enum Moment {
    /// Seconds since 1970 for `now` or a time of RFC 3339 with its offset; nil for anything else.
    static func unixSeconds(_ text: String) -> Int? {
        if text == "now" { return Int(Date().timeIntervalSince1970) }
        guard text.utf8.count <= 40, let date = try? Date(text, strategy: .iso8601) else { return nil }
        return Int(date.timeIntervalSince1970)
    }
}
