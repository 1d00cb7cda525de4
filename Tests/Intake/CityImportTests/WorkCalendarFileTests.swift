import Civic
import Foundation
import TestSupport
import Testing

@testable import CityImport

/// Reading `work_calendar.csv`: strictly, with the line of what is wrong.
@Suite struct WorkCalendarFileTests {
    private static let lines: [String] = {
        let file = ProductFolder.data.appending(path: WorkCalendarFile.name)
        return ((try? String(contentsOf: file, encoding: .utf8)) ?? "").split(separator: "\n").map(String.init)
    }()

    private func read(_ lines: [String]) throws -> [CalendarDay] {
        try WorkCalendarFile(Array((lines.joined(separator: "\n") + "\n").utf8)).days
    }

    @Test("The shipped file is read whole")
    func shipped() throws {
        #expect(Self.lines.count > 100)
        #expect(try read(Self.lines).count == Self.lines.count - 1)
        #expect(try EmbeddedCalendar.days().count == Self.lines.count - 1)
    }

    @Test(
        "A row that cannot be used makes the file unusable and is named",
        arguments: [
            ("2026-02-30,holiday,victory,,а,б,c,decided,x,,high", "day is “2026-02-30”"),
            ("2026-02-03,feast,victory,,а,б,c,decided,x,,high", "kind is “feast”; expected holiday, moved, worked"),
            ("2026-02-03,holiday,easter,,а,б,c,decided,x,,high", "holiday is “easter”"),
            (
                "2026-02-03,holiday,victory,2026-02-01,а,б,c,decided,x,,high",
                "instead_of is “2026-02-01”; expected nothing"
            ),
            ("2026-02-03,moved,victory,,а,б,c,decided,x,,high", "instead_of is “”"),
            (
                "2026-02-03,moved,victory,2026-02-02,а,б,c,decided,x,,high",
                "2026-02-02, which has no row that goes with"
            ),
            ("2026-02-07,moved,victory,2026-05-09,а,б,c,decided,x,,high", "a weekday"),
            ("2026-02-03,worked,victory,2026-02-02,а,б,c,decided,x,,high", "a Saturday or Sunday"),
            (
                "2026-02-07,worked,victory,2026-05-09,а,б,c,decided,x,,high",
                "2026-05-09, which has no row that goes with"
            ),
            ("2026-02-03,holiday,victory,,,б,c,decided,x,,high", "name_kk is “”"),
            ("2026-02-03,holiday,victory,,а,б,c,maybe,x,,high", "status is “maybe”; expected decided or expected"),
            ("2026-02-03,holiday,victory,,а,б,c,decided,,,high", "source is “”"),
            ("2026-05-09,holiday,victory,,а,б,c,decided,x,,high", "2026-05-09 is also in line"),
            ("2026-02-03,holiday,victory", "3 fields instead of 11"),
            ("2026-02-03,holi\"day,victory,,а,б,c,decided,x,,high", "quote"),
        ]
    )
    func badRow(row: String, reason: String) throws {
        let error = #expect(throws: CityImportError.self) { try read(Self.lines + [row]) }
        let text = try #require(error).description
        #expect(text.contains("work_calendar.csv, line") && text.contains(reason), "\(text)")
    }

    @Test("A year of which rows are missing is refused")
    func partialYear() throws {
        let error = #expect(throws: CityImportError.self) {
            try read(Self.lines.filter { !$0.hasPrefix("2028-") || $0.hasPrefix("2028-01") })
        }
        #expect(try #require(error).description.contains("2028 has 3 holidays"))
        #expect(try read(Self.lines.filter { !$0.hasPrefix("2028-") }).allSatisfy { $0.date.year < 2_028 })
    }

    @Test("Other columns, a missing file and a file that is too large are refused")
    func unusable() throws {
        #expect(throws: CityImportError.self) { try read(["day,kind"] + Self.lines.dropFirst()) }
        #expect(throws: CityImportError.self) { try read([]) }
        #expect(throws: CityImportError.unreadable(file: WorkCalendarFile.name)) {
            try WorkCalendarFile(folder: ProductFolder.url.appending(path: "Sources"))
        }
        #expect(throws: CityImportError.tooLarge(file: WorkCalendarFile.name, limit: 1_000_000)) {
            try WorkCalendarFile([UInt8](repeating: 0x61, count: 1_000_001))
        }
    }
}
