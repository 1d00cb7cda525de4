import Appeals
import ArgumentParser
import Civic
import Console
import Foundation

struct DeadlineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deadline",
        abstract: "Count the days for forwarding and answering an appeal, and tell each day that does not count.",
        discussion: """
            Days are counted on the work calendar of data/work_calendar.csv, by the law in force on the day of the registration. \
            docs/deadlines.md explains the counting.
            """
    )

    @Argument(
        help: "When the appeal was received: 2026-11-23T10:00 (Almaty time), 2026-11-23T05:00Z, a day alone, or now."
    )
    var time: String

    @Option(help: "The kind of the appeal: \(TermKind.allCases.map(\.rawValue).joined(separator: ", ")).")
    var kind: String

    @Option(help: "Count the working days left from this day, such as 2026-12-01 (default: today).")
    var on: String?

    @Option(help: "The language of the names of holidays: kk, ru or en.")
    var lang: Language = .ru

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var database: DatabaseOption

    func run() async throws {
        let kind = try termKind()
        let received = try receipt()
        let today = try day()
        let calculator = DeadlineCalculator(try ConfiguredCalendar(try await database.settings()).calendar)
        let deadlines = try calculator.deadlines(of: kind, received: received)
        let answer = DeadlineAnswer(
            deadlines: deadlines,
            skipped: try calculator.skippedDays(of: deadlines),
            worked: try calculator.calendar.workedWeekends(from: received.date, through: deadlines.answerBy),
            today: today,
            // A day outside the calendar has no count of working days; the dates are still useful.
            left: try? calculator.workingDaysLeft(until: deadlines.answerBy, on: today),
            language: lang
        )
        if json { return try printJSON(answer.json) }
        for line in answer.lines { print(line) }
    }

    private func termKind() throws -> TermKind {
        if let kind = TermKind(rawValue: kind) { return kind }
        let kinds = TermKind.allCases.map(\.rawValue).joined(separator: ", ")
        switch kind {
        case "other":
            throw ValidationError("“other” has no term: decide which kind the appeal is in law, of \(kinds).")
        case "report":
            throw ValidationError("The term of a report is set by its category, not by law. Known kinds: \(kinds).")
        default: throw ValidationError("“\(kind.prefix(40))” is no kind of appeal. Known kinds: \(kinds).")
        }
    }

    private func receipt() throws -> LocalTime {
        if time == "now" { return Self.now }
        // A date without a time means the beginning of that day, which is before the end of the working hours.
        if let time = LocalTime(reading: time) ?? LocalDate(time).map({ LocalTime($0, minute: 0) }) { return time }
        throw ValidationError(
            "“\(time.prefix(40))” is no time: write 2026-11-23T10:00 for Almaty time, or 2026-11-23T05:00:00Z with an offset."
        )
    }

    private func day() throws -> LocalDate {
        guard let on else { return Self.now.date }
        guard let day = LocalDate(on) else {
            throw ValidationError("--on takes a day such as 2026-12-01, not “\(on.prefix(40))”.")
        }
        return day
    }

    private static var now: LocalTime { LocalTime(unixSeconds: Int(Date().timeIntervalSince1970)) }
}
