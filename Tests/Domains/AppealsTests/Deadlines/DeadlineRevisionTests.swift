import Civic
import TestSupport
import Testing

@testable import Appeals

/// What a changed calendar does to dates that were told.
@Suite struct DeadlineRevisionTests {
    private let days: [CalendarDay]
    private let calculator: DeadlineCalculator

    init() throws {
        days = try EmbeddedCalendar.days()
        calculator = DeadlineCalculator(WorkCalendar(days))
    }

    private func told(_ received: String = "2026-11-23T10:00") throws -> AppealDeadlines {
        try calculator.deadlines(of: .application, received: try #require(LocalTime(reading: received)))
    }

    private func entry(_ text: String, _ kind: CalendarDay.Kind) throws -> CalendarDay {
        CalendarDay(
            date: try #require(LocalDate(text)),
            kind: kind,
            holiday: .independence,
            names: [:],
            insteadOf: kind == .holiday ? nil : LocalDate("2026-12-16")
        )
    }

    @Test("Nothing changes while the calendar does not")
    func unchanged() throws { #expect(try calculator.revision(of: try told()) == nil) }

    @Test("A new day off puts the dates off")
    func longer() throws {
        let changed = DeadlineCalculator(WorkCalendar(days + [try entry("2026-12-14", .moved)]))
        let revision = try #require(try changed.revision(of: try told()))
        #expect(revision.old.answerBy.description == "2026-12-14")
        #expect(revision.new.answerBy.description == "2026-12-15")
        #expect(revision.new == revision.counted)
        #expect(!revision.keepsToldDates)
    }

    @Test("A Saturday that becomes a working day does not shorten a date that was told")
    func shorter() throws {
        let changed = DeadlineCalculator(WorkCalendar(days + [try entry("2026-12-05", .worked)]))
        let old = try told()
        let revision = try #require(try changed.revision(of: old))
        #expect(revision.counted.answerBy.description == "2026-12-11")
        #expect(revision.new.answerBy == old.answerBy)
        #expect(revision.new.challengeBy == old.challengeBy)
        #expect(revision.keepsToldDates)
        #expect(try changed.revision(of: revision.new)?.new == revision.new)
    }

    @Test("A day off that was expected and is not: the day to challenge by stays as well")
    func challenge() throws {
        // 15 March 2027 is expected to be Constitution Day; without it the three months would end a day earlier.
        let changed = DeadlineCalculator(WorkCalendar(days.filter { $0.date.description != "2027-03-15" }))
        let revision = try #require(try changed.revision(of: try told()))
        #expect(revision.counted.challengeBy.description == "2027-03-15")
        #expect(revision.new.challengeBy.description == "2027-03-16")
    }

    @Test("The day that an extension named stays, unless it becomes a day off")
    func extended() throws {
        let extended = try calculator.extended(
            try told(),
            decidedOn: try #require(LocalDate("2026-12-10")),
            until: try #require(LocalDate("2027-01-20"))
        )
        let shorter = DeadlineCalculator(WorkCalendar(days + [try entry("2026-12-05", .worked)]))
        #expect(try shorter.revision(of: extended)?.new.answerBy ?? extended.answerBy == extended.answerBy)
        let longer = DeadlineCalculator(WorkCalendar(days + [try entry("2027-01-20", .moved)]))
        #expect(try longer.revision(of: extended)?.new.answerBy.description == "2027-01-21")
    }

    @Test("Whatever changes, the answer and the complaint are never due earlier than told, and the registration stays")
    func random() throws {
        var random = SplitMix64(seed: 92)
        let first = try #require(LocalDate("2026-06-01")).number
        var shortened = 0
        for _ in 0..<400 {
            let day = LocalDate(number: first + Int.random(in: 0..<180, using: &random))
            let old = try calculator.deadlines(
                of: TermKind.allCases.randomElement(using: &random) ?? .message,
                received: LocalTime(day, minute: Int.random(in: 0..<1_440, using: &random))
            )
            let changes = (0..<3).map { _ in
                let date = day.adding(days: Int.random(in: 1..<40, using: &random))
                return CalendarDay(date: date, kind: date.isWeekend ? .worked : .moved, holiday: .capital, names: [:])
            }
            guard let revision = try DeadlineCalculator(WorkCalendar(days + changes)).revision(of: old) else {
                continue
            }
            #expect(revision.new.answerBy >= old.answerBy && revision.new.challengeBy >= old.challengeBy)
            #expect(revision.new.registeredOn == old.registeredOn && revision.new.rules == old.rules)
            #expect(revision.new.answerBy == max(old.answerBy, revision.counted.answerBy))
            if revision.keepsToldDates { shortened += 1 }
        }
        #expect(shortened > 20)
    }
}
