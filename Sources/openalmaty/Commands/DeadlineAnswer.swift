import Appeals
import Civic

/// What `deadline` prints: for a reader, or as JSON.
struct DeadlineAnswer {
    let deadlines: AppealDeadlines
    let skipped: [SkippedDay]
    let worked: [CalendarDay]
    let today: LocalDate
    let left: Int?
    let language: Language

    /// The dates with their articles, then the days that do not count.
    var lines: [String] {
        let dates = deadlines
        var lines = ["\(dates.kind.rawValue), received \(dates.received) Almaty time, rules of \(dates.rules.rawValue)"]
        lines.append(line("registered on", dates.registeredOn, "64 (3)"))
        lines.append(line("forward by", dates.forwardBy, LegalTerm.forwarding))
        lines.append(line("forward by, strictly", dates.forwardByStrict, LegalTerm.forwarding))
        if let passBy = dates.passBy { lines.append(line("pass up by", passBy, LegalTerm.passingUp)) }
        let skipping = dates.kind.needsHearing ? "" : ", may be skipped"
        lines.append(line("hearing by", dates.hearingBy, LegalTerm.hearing) + skipping)
        lines.append(line("answer by", dates.answerBy, dates.kind.answer))
        if let strict = dates.answerByStrict { lines.append(line("answer by, strictly", strict, dates.kind.answer)) }
        lines.append(line("refused from", dates.refusedFrom, "91 (2)"))
        lines.append(line("challenge by", dates.challengeBy, LegalTerm.challenge))
        if let left { lines.append("working days left on \(today): \(left)") }
        if dates.isProvisional {
            lines.append("provisional: days off between these dates may still be moved or announced")
        }
        if !skipped.isEmpty { lines.append("days that do not count:") }
        lines += skipped.map { "  \($0.date) \(Self.weekday($0.date)) \(reason($0))" }
        lines += worked.map { "  \($0.date) \(Self.weekday($0.date)) counts: worked instead of \(insteadOf($0))" }
        return lines
    }

    /// The same as JSON.
    var json: JSON {
        JSON(
            kind: deadlines.kind.rawValue,
            received: deadlines.received.description,
            rules: deadlines.rules.rawValue,
            registeredOn: deadlines.registeredOn.description,
            firstDay: deadlines.firstDay.description,
            forwardBy: deadlines.forwardBy.description,
            forwardByStrict: deadlines.forwardByStrict.description,
            passBy: deadlines.passBy?.description,
            hearingBy: deadlines.hearingBy.description,
            objectionBy: deadlines.objectionBy.description,
            needsHearing: deadlines.kind.needsHearing,
            answerBy: deadlines.answerBy.description,
            answerByStrict: deadlines.answerByStrict?.description,
            refusedFrom: deadlines.refusedFrom.description,
            challengeBy: deadlines.challengeBy.description,
            provisional: deadlines.isProvisional,
            on: today.description,
            workingDaysLeft: left,
            skipped: skipped.map { day in
                JSON.Skipped(
                    date: day.date.description,
                    reason: day.reason.rawValue,
                    holiday: day.entry?.holiday.rawValue,
                    name: day.entry.flatMap { $0.names[language] },
                    insteadOf: day.entry?.insteadOf?.description,
                    expected: day.entry?.isExpected ?? false
                )
            },
            worked: worked.map { JSON.Worked(date: $0.date.description, insteadOf: $0.insteadOf?.description) },
            terms: Dictionary(terms.map { ($0.rawValue, JSON.Term($0)) }, uniquingKeysWith: { first, _ in first })
        )
    }

    private var terms: [LegalTerm] {
        [.forwarding, .hearing, .objection, deadlines.kind.answer, .challenge]
            + (deadlines.kind.isPassedUp ? [.passingUp] : [])
    }

    private func line(_ label: String, _ day: LocalDate, _ term: LegalTerm) -> String {
        line(label, day, (term.article ?? "–") + (term.act == "350-VI" ? "" : " of \(term.act)"))
    }

    private func line(_ label: String, _ day: LocalDate, _ article: String) -> String {
        let padding = String(repeating: " ", count: max(22 - label.count, 1))
        return label + padding + "\(day) \(Self.weekday(day))  art. \(article)"
    }

    private func reason(_ day: SkippedDay) -> String {
        guard let entry = day.entry else { return "weekend" }
        let name = entry.names[language] ?? entry.holiday.rawValue
        let expected = entry.isExpected ? ", expected" : ""
        return switch entry.kind {
        case .moved: "day off moved from \(insteadOf(entry)): \(name)\(expected)"
        case .holiday, .worked: "holiday: \(name)\(expected)"
        }
    }

    private func insteadOf(_ day: CalendarDay) -> String { day.insteadOf?.description ?? "" }

    private static func weekday(_ day: LocalDate) -> String {
        ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][day.weekday]
    }

    struct JSON: Encodable {
        struct Skipped: Encodable {
            let date: String
            let reason: String
            let holiday: String?
            let name: String?
            let insteadOf: String?
            let expected: Bool
        }

        struct Worked: Encodable {
            let date: String
            let insteadOf: String?
        }

        struct Term: Encodable {
            let count: Int
            let unit: String
            let law: String
            let article: String?

            init(_ term: LegalTerm) {
                (count, unit, law, article) = (term.count, term.unit.rawValue, term.act, term.article)
            }
        }

        let kind: String
        let received: String
        let rules: String
        let registeredOn: String
        let firstDay: String
        let forwardBy: String
        let forwardByStrict: String
        let passBy: String?
        let hearingBy: String
        let objectionBy: String
        let needsHearing: Bool
        let answerBy: String
        let answerByStrict: String?
        let refusedFrom: String
        let challengeBy: String
        let provisional: Bool
        let on: String
        let workingDaysLeft: Int?
        let skipped: [Skipped]
        let worked: [Worked]
        let terms: [String: Term]
    }
}
