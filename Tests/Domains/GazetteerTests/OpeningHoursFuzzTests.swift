import Civic
import TestSupport
import Testing

@testable import Gazetteer

@Suite("Opening hours from hostile input")
struct OpeningHoursFuzzTests {
    private static let pieces = [
        "24/7", "Mo", "Fr", "Su", "PH", "SH", "Jan", "Dec", "week", "2026", "53", "31", "0", "00", "09:00", "24:00",
        "48:00",
        "99:99", "-", ",", ";", ":", "+", "/", "[", "]", "||", "|", "\"", "\"x\"", " ", "off", "open", "–", "é",
        "\u{0}",
        "\u{202E}", "\u{301}", "٣", "🕒", "99999999999999999999", "\r\n", "а",
    ]

    @Test("Any text is either rejected or gives an answer for any day")
    func anyText() {
        var random = SplitMix64(seed: 4)
        var taken = 0
        for _ in 0..<12_000 {
            let count = Int.random(in: 1...9, using: &random)
            let text = (0..<count).map { _ in Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &random)] }
                .joined()
            guard let hours = OpeningHours(text) else { continue }
            taken += 1
            check(hours, LocalDate(number: Int.random(in: LocalDate.numbers, using: &random)))
        }
        #expect(taken > 30)
    }

    @Test("Changing one letter of valid hours never crashes")
    func changedText() throws {
        var random = SplitMix64(seed: 5)
        let good = Array(
            "2026 Dec 20-Jan 10 Mo-We,Fr[-1] 09:00-13:00,14:00+; PH off, Su 22:00-26:00 \"x\" || \"y\"".utf8
        )
        for _ in 0..<6_000 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                if Bool.random(using: &random) {
                    bytes[place] = UInt8.random(in: 0...255, using: &random)
                } else {
                    bytes.remove(at: place)
                }
            }
            guard let hours = OpeningHours(String(decoding: bytes, as: UTF8.self)) else { continue }
            check(hours, LocalDate(number: 20_780 + Int.random(in: -400...400, using: &random)))
        }
        #expect(OpeningHours(String(decoding: good, as: UTF8.self)) != nil)
    }

    @Test("Written rules are read back unchanged")
    func roundTrip() throws {
        var writer = OpeningHoursWriter(random: SplitMix64(seed: 6))
        for _ in 0..<3_000 {
            let rules = writer.rules()
            let text = OpeningHoursWriter.text(rules)
            let read = try OpeningHoursParser.read(text).rules
            guard read == rules else {
                Issue.record("\(text) is read as \(OpeningHoursWriter.text(read))")
                return
            }
        }
    }

    @Test("A very long text is rejected without being parsed")
    func longText() {
        for piece in ["Mo 09:00-10:00;", "((((", "\"", "9", "Mo,"] {
            #expect(OpeningHours(String(repeating: piece, count: 100_000)) == nil)
        }
    }

    @Test("The limits of the calendar are handled")
    func edges() throws {
        let hours = try #require(OpeningHours("Mo-Su 20:00-28:00; PH 10:00-11:00 off; Dec 31 off"))
        for number in [Int.min, -719_162, 2_932_896, Int.max] { check(hours, LocalDate(number: number)) }
        #expect(LocalTime(unixSeconds: .max).description == "9999-12-31T23:59")
        #expect(LocalTime(unixSeconds: .min).description.hasPrefix("0001-01-01"))
    }

    // Spans are ordered, disjoint, and within two days.
    private func check(_ hours: OpeningHours, _ date: LocalDate) {
        let spans = hours.spans(on: date)
        #expect(spans.allSatisfy { 0 <= $0.start && $0.start < $0.end && $0.end <= 2_880 })
        #expect(
            zip(spans, spans.dropFirst()).allSatisfy {
                $0.end < $1.start || $0.end == $1.start && $0.comment != $1.comment
            }
        )
        let noon = LocalTime(date, minute: 720)
        let isOpen = hours.isOpen(at: noon)
        switch hours.state(at: noon) {
        case .open(let until): #expect(isOpen && until.map { $0 > noon } ?? true)
        case .closed(let until): #expect(!isOpen && until.map { $0 > noon } ?? true)
        }
    }
}
