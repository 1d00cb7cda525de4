import Foundation
import Testing

@testable import Civic

@Suite struct LocalDateTextTests {
    @Test("Days are read as they are printed, and stored as texts")
    func roundTrip() throws {
        for number in stride(from: LocalDate.numbers.lowerBound, through: LocalDate.numbers.upperBound, by: 997) {
            let date = LocalDate(number: number)
            #expect(LocalDate(date.description) == date)
        }
        let data = try JSONEncoder().encode([LocalDate(number: 20_786)])
        #expect(String(decoding: data, as: UTF8.self) == #"["2026-11-29"]"#)
        #expect(try JSONDecoder().decode([LocalDate].self, from: data) == [LocalDate(number: 20_786)])
    }

    @Test(
        "Other texts are no days",
        arguments: [
            "", "2026-11-31", "2026-02-29", "2026-00-01", "2026-13-01", "0000-01-01", "2026-1-01", "2026/11/29",
            "2026-11-29 ", " 2026-11-29", "+026-11-29", "2026-11-2x", "٢٠٢٦-11-29", "20261129",
        ]
    )
    func refused(text: String) throws {
        #expect(LocalDate(text) == nil)
        #expect(throws: DecodingError.self) {
            _ = try JSONDecoder().decode([LocalDate].self, from: JSONEncoder().encode([text]))
        }
    }
}
