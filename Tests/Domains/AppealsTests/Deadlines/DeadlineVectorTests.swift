import Civic
import Foundation
import TestSupport
import Testing

@testable import Appeals

/// The dates of `Tests/Vectors/deadlines.csv`, which were made without this program.
@Suite struct DeadlineVectorTests {
    static let rows: [[String]] = {
        let file = ProductFolder.url.appending(path: "Tests/Vectors/deadlines.csv")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").dropFirst()
            .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    }()

    private let calculator: DeadlineCalculator

    init() throws { calculator = DeadlineCalculator(try EmbeddedCalendar.calendar()) }

    @Test("There are vectors") func present() { #expect(Self.rows.count == 49) }

    @Test("Terms end on the dates that an independent calendar gives", arguments: rows)
    func dates(row: [String]) throws {
        try #require(row.count == 7)
        let received = try #require(
            LocalTime(reading: row[0]) ?? LocalDate(row[0]).map { LocalTime($0, minute: 0) },
            "\(row[0])"
        )
        // Rows before the amendment test the arithmetic too, so all are counted by the rules in force since.
        let dates = try calculator.deadlines(of: .application, received: received, rules: .amended2025)
        let complaint = try calculator.deadlines(of: .complaint, received: received, rules: .amended2025)
        let counted = [
            dates.registeredOn, dates.forwardBy, dates.forwardByStrict, dates.hearingBy, dates.answerBy,
            complaint.answerBy,
        ]
        for (expected, day) in zip(row.dropFirst(), counted) where !expected.isEmpty {
            #expect(day.description == expected, "\(row[0])")
        }
        #expect(complaint.passBy == dates.forwardByStrict)
        #expect(dates.passBy == nil && dates.answerByStrict == nil)
    }

    @Test("Under the rules of 2021 the dates are the same, and the ones that count the first day stand beside them")
    func earlierRules() throws {
        for row in Self.rows where row[0] < "2025-12-20" {
            guard let received = LocalTime(reading: row[0]) else { continue }
            let dates = try calculator.deadlines(of: .message, received: received)
            #expect(dates.rules == .code2021)
            #expect(dates.answerBy.description == row[5])
            let strict = try #require(dates.answerByStrict)
            #expect(try calculator.calendar.workingDays(after: strict, through: dates.answerBy) == 1)
        }
    }
}
