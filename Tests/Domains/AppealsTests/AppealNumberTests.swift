import Foundation
import TestSupport
import Testing

@testable import Appeals

@Suite struct AppealNumberTests {
    @Test("Numbers are read as they are printed, also without hyphens and with spaces")
    func roundTrip() throws {
        var random = SplitMix64(seed: 3)
        for _ in 0..<2_000 {
            let sequence = Int.random(in: AppealNumber.sequences, using: &random)
            let part = Bool.random(using: &random) ? Int.random(in: 1...10, using: &random) : nil
            let number = try #require(AppealNumber(year: 2_026, sequence: sequence, part: part))
            let text = number.description
            #expect(AppealNumber(text) == number)
            #expect(AppealNumber(" " + text.replacingOccurrences(of: "-", with: "") + " ") == number)
            #expect(number.whole.part == nil && number.whole.sequence == sequence)
            let data = try JSONEncoder().encode(number)
            #expect(try JSONDecoder().decode(AppealNumber.self, from: data) == number)
        }
    }

    @Test("A wrong digit is always found, and swapped neighbours but for 0 and 9")
    func checkDigit() throws {
        let digits = Array(try #require(AppealNumber(year: 2_026, sequence: 123_456)).description.filter { $0 != "-" })
        for index in digits.indices {
            for digit in "0123456789" where digit != digits[index] {
                var wrong = digits
                wrong[index] = digit
                #expect(AppealNumber(String(wrong)) == nil)
            }
            guard index + 1 < digits.count, digits[index] != digits[index + 1] else { continue }
            var swapped = digits
            swapped.swapAt(index, index + 1)
            #expect(AppealNumber(String(swapped)) == nil)
        }
    }

    @Test("The check digit is that of Luhn's algorithm")
    func luhn() {
        // Source: the worked example of ISO/IEC 7812-1 annex B uses the same doubling from the right.
        for sequence in [1, 9, 10, 4_711, 999_999] {
            let text = AppealNumber(year: 2_026, sequence: sequence)?.description.filter(\.isNumber) ?? ""
            let sum = text.reversed().enumerated().reduce(0) { sum, item in
                let digit = (item.element.wholeNumberValue ?? 0) * (item.offset % 2 == 1 ? 2 : 1)
                return sum + (digit > 9 ? digit - 9 : digit)
            }
            #expect(text.count == 11 && sum.isMultiple(of: 10))
        }
    }

    @Test(
        "Other texts are no numbers",
        arguments: [
            "", "2026", "2026-000123-", "2026-000000-8", "1999-000123-1", "٢٠٢٦-000123-3", "2026-000123-4",
            "2026-000123-3/0",
            "2026-000123-3/11",
            "2026-000123-3/01", "2026-000123-3//1", "2026-000123-3/1/1", "ЖТ-2026-000123",
        ]
    )
    func refused(text: String) { #expect(AppealNumber(text) == nil) }

    @Test func ranges() {
        #expect(AppealNumber("2026-000123-3") == AppealNumber(year: 2_026, sequence: 123))
        #expect(AppealNumber(year: 2_026, sequence: 0) == nil)
        #expect(AppealNumber(year: 2_026, sequence: 1_000_000) == nil)
        #expect(AppealNumber(year: 26, sequence: 1) == nil)
        #expect(AppealNumber(year: 2_026, sequence: 1, part: 11) == nil)
    }
}
