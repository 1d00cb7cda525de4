import Civic
import Testing

@testable import Gazetteer

@Suite("Opening hours compared with an independent parser")
struct OpeningHoursOracleTests {
    /// The hours, the first day, the number of days, and the open minutes since the first midnight.
    private struct Case {
        let hours: String
        let first: LocalDate
        let days: Int
        let open: Set<Int>

        init?(_ line: Substring) {
            let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard parts.count == 4, let days = Int(parts[2]) else { return nil }
            let date = parts[1].split(separator: "-").compactMap { Int($0) }
            guard date.count == 3, let first = LocalDate(year: date[0], month: date[1], day: date[2]) else {
                return nil
            }
            hours = String(parts[0])
            self.first = first
            self.days = days
            let runs = parts[3].split(separator: ",").map { $0.split(separator: "-").compactMap { Int($0) } }
            open = Set(runs.flatMap { Array($0[0]..<$0[1]) })
        }

        func time(_ minute: Int) -> LocalTime {
            LocalTime(first.adding(days: minute / 1_440), minute: minute % 1_440)
        }
    }

    private static let cases = OpeningHoursOracle.lines.split(separator: "\n").map { Case($0) }

    @Test("The open minutes are the same")
    func openMinutes() throws {
        #expect(Self.cases.count >= 200 && Self.cases.contains { !($0?.open.isEmpty ?? true) })
        for found in Self.cases {
            let found = try #require(found)
            let hours = try OpeningHours(reading: found.hours)
            var open: Set<Int> = []
            for day in -1..<found.days {
                for span in hours.spans(on: found.first.adding(days: day)) {
                    open.formUnion(span.start + day * 1_440..<span.end + day * 1_440)
                }
            }
            open = open.filter { (0..<found.days * 1_440).contains($0) }
            let differing = open.symmetricDifference(found.open)
            #expect(differing.isEmpty, "\(found.hours) from \(found.first), minute \(differing.min() ?? 0)")
        }
    }

    @Test("A single time agrees with the spans, and the next change is where a span ends or begins")
    func singleTimes() throws {
        for found in Self.cases.prefix(60) {
            let found = try #require(found)
            let hours = try OpeningHours(reading: found.hours)
            for minute in stride(from: 7, to: (found.days - 2) * 1_440, by: 397) {
                let isOpen = found.open.contains(minute)
                let time = found.time(minute)
                #expect(hours.isOpen(at: time) == isOpen, "\(found.hours) at \(time)")
                let change = (minute + 1..<found.days * 1_440).first { found.open.contains($0) != isOpen }
                switch hours.state(at: time) {
                case .open(let until):
                    #expect(isOpen)
                    if let until, let change { #expect(until == found.time(change), "\(found.hours) at \(time)") }
                case .closed(let until):
                    #expect(!isOpen)
                    if let change { #expect(until == found.time(change), "\(found.hours) at \(time)") }
                }
            }
        }
    }
}
