import Civic
import Console
import Foundation
import Portal
import SQLiteStore

/// Whether terms of appeals can be counted: the work calendar covers this year and the next, and the time zone is known.
struct CalendarCheck {
    let findings: [DatabaseFinding]

    init(_ settings: Settings, now: Date = Date()) {
        let today = LocalTime(unixSeconds: Int(now.timeIntervalSince1970)).date
        findings = [Self.years(settings, today), Self.zone]
    }

    private static func years(_ settings: Settings, _ today: LocalDate) -> DatabaseFinding {
        let subject = "work calendar: this year and the next"
        do {
            let configured = try ConfiguredCalendar(settings)
            let missing = configured.missingYears(on: today)
            let known = configured.calendar.years.sorted()
            let provisional = known.filter { year in
                guard let first = LocalDate(year: year, month: 1, day: 1) else { return false }
                return configured.calendar.isProvisional(from: first, through: first.adding(days: 1))
            }
            return DatabaseFinding(
                subject: subject,
                passed: missing.isEmpty,
                detail: missing.isEmpty
                    ? "\(years(known)); only expected: \(years(provisional))"
                    : "no days off for \(years(missing)): terms that reach into it cannot be counted; add its rows to "
                        + "data/work_calendar.csv"
            )
        } catch {
            return DatabaseFinding(subject: subject, passed: false, detail: "\(error)")
        }
    }

    private static func years(_ years: [Int]) -> String {
        years.isEmpty ? "none" : years.map(String.init).joined(separator: ", ")
    }

    // At midnight of 1 March 2024 the clocks of Almaty went back by an hour; a database from before that does not know it.
    private static var zone: DatabaseFinding {
        let (before, after) = (LocalTime(unixSeconds: 1_709_229_599), LocalTime(unixSeconds: 1_709_233_200))
        let shown = "\(before) and \(after)"
        return DatabaseFinding(
            subject: "time zone: Asia/Almaty",
            passed: shown == "2024-02-29T23:59 and 2024-03-01T00:00",
            detail: "2024-02-29T17:59Z and 19:00Z are \(shown); wrong times mean a tz database from before 2024"
        )
    }
}
