import Civic
package import Foundation

extension Strings {
    /// A moment in Almaty time: day in words, hour and minute.
    package func moment(_ time: Date) -> String {
        let local = LocalTime(unixSeconds: Int(time.timeIntervalSince1970.rounded(.down)))
        let clock = local.description.suffix(5)
        return text("date_moment", ["date": day(local.date), "time": String(clock)])
    }

    /// A moment in Almaty time as tables show it: 26.11.2026 14:05, in English 2026-11-26 14:05.
    package func stamp(_ time: Date) -> String {
        let local = LocalTime(unixSeconds: Int(time.timeIntervalSince1970.rounded(.down)))
        let parts = local.description.split(separator: "T")
        let day = parts[0].split(separator: "-")
        return (language == .en ? String(parts[0]) : day.reversed().joined(separator: ".")) + " " + parts[1]
    }

    /// The Almaty date of a moment, in words.
    package func day(_ time: Date) -> String {
        day(LocalTime(unixSeconds: Int(time.timeIntervalSince1970.rounded(.down))).date)
    }

    private func day(_ date: LocalDate) -> String { self.date("\(date.year)-\(date.month)-\(date.day)") }
}
