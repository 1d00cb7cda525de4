import Civic
import TestSupport
import Testing

@testable import Appeals

/// The life of an appeal in dates: forwarding, extension, hearing, complaint, defects.
@Suite struct DeadlineCalculatorTests {
    private let calculator: DeadlineCalculator

    init() throws { calculator = DeadlineCalculator(try EmbeddedCalendar.calendar()) }

    private func date(_ text: String) throws -> LocalDate { try #require(LocalDate(text)) }

    private func time(_ text: String) throws -> LocalTime { try #require(LocalTime(reading: text)) }

    private func deadlines(_ received: String, _ kind: TermKind = .application) throws -> AppealDeadlines {
        try calculator.deadlines(of: kind, received: try time(received))
    }

    @Test("An application of a Monday morning")
    func application() throws {
        let dates = try deadlines("2026-11-23T10:00")
        #expect(dates.rules == .amended2025)
        #expect(dates.firstDay.description == "2026-11-24")
        #expect(dates.forwardBy.description == "2026-11-26")
        #expect(dates.hearingBy.description == "2026-12-09")
        #expect(dates.objectionBy.description == "2026-12-11")
        #expect(dates.answerBy.description == "2026-12-14")
        #expect(dates.refusedFrom.description == "2026-12-15")
        // 15 March 2027 is Constitution Day, so the last day moves on.
        #expect(dates.challengeBy.description == "2027-03-16")
        #expect(!dates.isDeemedRefused(on: try date("2026-12-14")))
        #expect(dates.isDeemedRefused(on: try date("2026-12-15")))
        #expect(!dates.isProvisional)
    }

    @Test("After a forwarding the term begins anew at the other body")
    func forwarded() throws {
        #expect(try deadlines("2026-11-26T15:00").answerBy.description == "2026-12-18")
    }

    @Test("A complaint is passed up in three days and decided in twenty from its registration above")
    func complaint() throws {
        let dates = try deadlines("2026-11-23T10:00", .complaint)
        #expect(dates.passBy?.description == "2026-11-26")
        let above = try deadlines("2026-11-26T12:00", .complaint)
        #expect(above.answerBy.description == "2026-12-25")
        // Received on a Saturday: passing up counts from the receipt, the decision from the registration.
        let weekend = try deadlines("2026-11-21T12:00", .complaint)
        #expect(weekend.passBy?.description == "2026-11-25")
        #expect(weekend.answerBy.description == "2026-12-22")
    }

    @Test(
        "Each kind has the term of its law",
        arguments: [
            (TermKind.application, "2026-12-14"), (.message, "2026-12-14"), (.request, "2026-12-14"),
            (.proposal, "2026-12-14"), (.gratitude, "2026-12-14"), (.complaint, "2026-12-22"),
            (.serviceComplaint, "2026-11-30"), (.informationRequest, "2026-12-08"),
        ]
    )
    func kinds(kind: TermKind, answerBy: String) throws {
        #expect(try deadlines("2026-11-23T10:00", kind).answerBy.description == answerBy)
        #expect(kind.answer.article != nil)
    }

    @Test("A term of calendar days that ends on a day off ends on the next working day")
    func calendarDays() throws {
        // 15 days after 1 December 2026 is Independence Day.
        #expect(try deadlines("2026-12-01T10:00", .informationRequest).answerBy.description == "2026-12-17")
    }

    @Test("An extension goes to two months from its decision, and no further")
    func extended() throws {
        let dates = try deadlines("2026-11-23T10:00")
        let decided = try date("2026-12-14")
        let limits = try calculator.extensionDates(of: dates, decidedOn: decided)
        #expect(limits.latest.description == "2027-02-15")
        #expect(limits.noticeBy.description == "2026-12-18")
        let longer = try calculator.extended(dates, decidedOn: decided, until: try date("2027-02-13"))
        // 13 February 2027 is a Saturday.
        #expect(longer.answerBy.description == "2027-02-15")
        #expect(longer.hearingBy.description == "2027-02-10")
        #expect(longer.extendedOn == decided)
        #expect(longer.registeredOn == dates.registeredOn)
        #expect(throws: DeadlineError.extendedBefore(until: longer.answerBy)) {
            try calculator.extensionDates(of: longer, decidedOn: decided)
        }
        let range = [(try date("2027-02-16")), dates.answerBy]
        for end in range {
            #expect(
                throws: DeadlineError.extensionOutOfRange(until: end, after: dates.answerBy, latest: limits.latest)
            ) { try calculator.extended(dates, decidedOn: decided, until: end) }
        }
        let late = try date("2026-12-15")
        #expect(throws: DeadlineError.extendedTooLate(decided: late, answerBy: dates.answerBy)) {
            try calculator.extensionDates(of: dates, decidedOn: late)
        }
        let complaint = try deadlines("2026-11-23T10:00", .complaint)
        #expect(throws: DeadlineError.noExtension(.complaint)) {
            try calculator.extensionDates(of: complaint, decidedOn: decided)
        }
    }

    @Test("An extension decided at the end of December goes to the end of February")
    func shortMonth() throws {
        let dates = try deadlines("2026-12-25T10:00")
        // 28 February 2027 is a Sunday.
        let limits = try calculator.extensionDates(of: dates, decidedOn: try date("2026-12-31"))
        #expect(limits.latest.description == "2027-03-01")
    }

    @Test("Defects are cured by a day, and the appeal is returned within three days after it")
    func correction() throws {
        let dates = try calculator.correction(namedOn: try date("2026-11-25"), workingDays: 5)
        #expect(dates.cureBy.description == "2026-12-02")
        #expect(dates.returnBy.description == "2026-12-07")
    }

    @Test("An act can be challenged for three months, or six if it does not say how; then a month for the court")
    func challenge() throws {
        let dates = try calculator.challenge(knownOn: try date("2026-12-01"))
        #expect(dates.complainBy.description == "2027-03-01")
        #expect(dates.complainByIfSilent.description == "2027-06-01")
        #expect(try calculator.day(.court, after: try date("2026-12-25")).description == "2027-01-25")
    }

    @Test("Working days left: none on the last day, negative after it")
    func daysLeft() throws {
        let last = try date("2026-12-14")
        for (today, left) in [
            ("2026-11-23", 15), ("2026-12-11", 1), ("2026-12-12", 1), ("2026-12-14", 0), ("2026-12-15", -1),
            ("2026-12-16", -1), ("2026-12-17", -2),
        ] { #expect(try calculator.workingDaysLeft(until: last, on: try date(today)) == left, "\(today)") }
    }

    @Test("The rules are those in force on the day of the registration")
    func rules() throws {
        #expect(DeadlineRules.code2021.inForceFrom.description == DeadlineRules.code2021.rawValue)
        #expect(DeadlineRules.amended2025.inForceFrom.description == DeadlineRules.amended2025.rawValue)
        // Received under the old rules, registered under the new ones.
        #expect(try deadlines("2025-12-26T18:30").rules == .amended2025)
        #expect(try deadlines("2025-12-26T18:29").rules == .code2021)
        #expect(throws: DeadlineError.noRules(day: try date("2021-06-30"), first: try date("2021-07-01"))) {
            try DeadlineRules.inForce(on: try date("2021-06-30"))
        }
    }

    @Test("Beyond the calendar the last day for a complaint is not moved on, and nothing else is given")
    func edgeOfTheCalendar() throws {
        let dates = try deadlines("2028-11-01T10:00")
        #expect(dates.answerBy.description == "2028-11-22")
        #expect(dates.challengeBy.description == "2029-02-23")
        #expect(dates.isProvisional)
        #expect(throws: CivicError.noWorkCalendar(year: 2_029, known: Array(2_022...2_028))) {
            try deadlines("2028-12-20T10:00")
        }
    }
}
