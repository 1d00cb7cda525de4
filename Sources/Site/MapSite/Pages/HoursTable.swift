import Civic
import Gazetteer
import SiteKit

/// Opening hours as text: a line for each run of equal days, whether it is open now, and notes about holidays.
struct OpeningHoursView: Codable, Sendable {
    struct State: Codable, Sendable {
        let open: Bool
        let text: String
        let change: String?
    }

    struct Line: Codable, Sendable {
        let days: String
        let times: String
    }

    fileprivate(set) var state: State?
    fileprivate(set) var holidayNote: String?
    let lines: [Line]
    let note: String?
    let comments: [String]
}

/// Writes opening hours as text.
struct HoursTable {
    private static let minutesADay = LocalTime.minutesADay

    let hours: OpeningHours?
    let words: Strings
    let now: LocalTime

    /// The hours as a page shows them; nil when they are unknown.
    var view: OpeningHoursView? {
        guard let hours else { return nil }
        var view = OpeningHoursView(
            lines: lines,
            note: hours.dependsOnDate ? words["hours_this_week"] : nil,
            comments: hours.comments
        )
        guard hours.namesHours else { return view }
        view.state = state(of: hours)
        view.holidayNote = holidayNote(of: hours)
        return view
    }

    /// Consecutive days with the same hours.
    private struct Run {
        let first: Int
        var last: Int
        let spans: [OpeningHours.Span]
        let remarks: [OpeningHoursRemark]
    }

    // Consecutive days with the same hours share a line: «пн–пт». This is the current week, ignoring holidays.
    private var lines: [OpeningHoursView.Line] {
        guard let hours, hours.namesHours else { return [] }
        var lines = runs(of: hours, isHoliday: false).map { run in
            OpeningHoursView.Line(days: days(run.first, run.last), times: times(run))
        }
        guard hours.namesPublicHolidays else { return lines }
        let holidays = runs(of: hours, isHoliday: true)
        for run in holidays {
            let days = holidays.count == 1 ? "" : ", \(days(run.first, run.last))"
            lines.append(.init(days: words["hours_holidays"] + days, times: times(run)))
        }
        return lines
    }

    private func runs(of hours: OpeningHours, isHoliday: Bool) -> [Run] {
        let monday = now.date.monday
        var runs: [Run] = []
        for day in 0..<7 {
            let date = monday.adding(days: day)
            let spans = hours.spans(on: date, isHoliday: isHoliday)
            let remarks = hours.remarks(on: date, isHoliday: isHoliday)
            if let last = runs.last, last.spans == spans, last.remarks == remarks {
                runs[runs.count - 1].last = day
            } else {
                runs.append(Run(first: day, last: day, spans: spans, remarks: remarks))
            }
        }
        return runs
    }

    private func state(of hours: OpeningHours) -> OpeningHoursView.State {
        switch hours.state(at: now) {
        case .open(let until):
            let change = until.map { words.text("closes_at", ["time": clock($0)]) }
            return .init(open: true, text: words["open_now"], change: change)
        case .closed(let until):
            let change = until.map { words.text("opens_at", ["time": clock($0)]) }
            return .init(open: false, text: words["closed_now"], change: change)
        }
    }

    // Names today's holiday if the hours contain no holiday rule, because they may not apply on it.
    private func holidayNote(of hours: OpeningHours) -> String? {
        guard let dayOff = HolidayCalendar.dayOff(on: now.date) else { return nil }
        let name = words["holiday_" + dayOff.holiday.rawValue]
        var note = words.text(dayOff.isMoved ? "holiday_moved" : "holiday_today", ["name": name])
        if dayOff.isExpected { note += " " + words["holiday_expected"] }
        if !hours.namesPublicHolidays { note += " " + words["holiday_hours"] }
        return note
    }

    private func name(of day: Int) -> String {
        words["day_" + ["mo", "tu", "we", "th", "fr", "sa", "su"][day]]
    }

    private func days(_ first: Int, _ last: Int) -> String {
        first == last ? name(of: first) : "\(name(of: first))–\(name(of: last))"
    }

    // Comments follow the period that they belong to: «09:00–12:00 (по записи), 14:00–18:00».
    private func times(_ run: Run) -> String {
        let remarks = run.remarks.filter { $0.span != nil || run.spans.isEmpty }
        if run.spans.isEmpty, let only = remarks.first, remarks.count == 1, !only.isClosed { return only.text }
        let open = run.spans.map { times($0) + ($0.comment.map { " (\($0))" } ?? "") }
        let closed = remarks.map { remark in
            " (" + (remark.span.map { times($0) + ": " } ?? "") + remark.text + ")"
        }
        return (open.isEmpty ? words["day_off"] : open.joined(separator: ", ")) + closed.joined()
    }

    private func times(_ span: OpeningHours.Span) -> String {
        if span.start == 0, span.end == Self.minutesADay, !span.isOpenEnded { return words["around_the_clock"] }
        let start = Self.clock(span.start)
        guard span.isOpenEnded else { return "\(start)–\(Self.clock(span.end))" }
        if span.end == Self.minutesADay { return words.text("hours_from", ["time": start]) }
        return words.text("hours_or_later", ["time": "\(start)–\(Self.clock(span.end))"])
    }

    // The time alone for today, with the weekday within a week, later with the date.
    private func clock(_ time: LocalTime) -> String {
        let clock = Self.clock(time.minute)
        switch time.date.number - now.date.number {
        case 0: return clock
        case 1...6: return "\(name(of: time.date.weekday)) \(clock)"
        default: return "\(words.date(time.date.description)), \(clock)"
        }
    }

    private static func clock(_ minute: Int) -> String {
        let ofDay = minute == minutesADay ? minute : minute % minutesADay
        let (hour, rest) = ofDay.quotientAndRemainder(dividingBy: 60)
        return (hour < 10 ? "0" : "") + "\(hour):" + (rest < 10 ? "0" : "") + "\(rest)"
    }
}
