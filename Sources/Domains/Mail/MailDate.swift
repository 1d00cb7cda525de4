import Foundation

/// Dates in the format of mails (RFC 5322 §3.3): `Wed, 25 Nov 2026 18:05:37 +0000`.
enum MailDate {
    static func text(_ date: Date) -> String {
        let parts = parts(date)
        let weekday = weekdays[(parts.weekday ?? 1) - 1]
        let month = months[(parts.month ?? 1) - 1]
        let time = [parts.hour, parts.minute, parts.second].map { two($0 ?? 0) }.joined(separator: ":")
        return "\(weekday), \(two(parts.day ?? 1)) \(month) \(parts.year ?? 1970) \(time) +0000"
    }

    /// The time in a form that sorts: `20261125T180537123Z`.
    static func stamp(_ date: Date) -> String {
        let milliseconds = Int64((date.timeIntervalSince1970 * 1_000).rounded())
        let parts = parts(Date(timeIntervalSince1970: Double(milliseconds / 1_000)))
        let day = "\(parts.year ?? 1970)" + two(parts.month ?? 1) + two(parts.day ?? 1)
        let time = two(parts.hour ?? 0) + two(parts.minute ?? 0) + two(parts.second ?? 0)
        let rest = String(1_000 + milliseconds % 1_000).dropFirst()
        return "\(day)T\(time)\(rest)Z"
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private static func parts(_ date: Date) -> DateComponents {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar.dateComponents([.year, .month, .day, .weekday, .hour, .minute, .second], from: date)
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
