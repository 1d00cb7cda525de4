import Foundation
import Testing

@testable import CityImport

@Suite struct CSVReaderTests {
    private func rows(_ text: String) -> [[String]?] { rows([UInt8](text.utf8)) }

    private func rows(_ bytes: [UInt8]) -> [[String]?] { CSVReader(bytes).map { try? $0.content.get() } }

    @Test func readsPlainAndQuotedFields() {
        #expect(rows("a,b\r\n1,\"x, \"\"y\"\"\nz\"\n") == [["a", "b"], ["1", "x, \"y\"\nz"]])
    }

    @Test func skipsTheByteOrderMarkAndBlankLines() {
        #expect(rows("\u{FEFF}a\n\n\nb") == [["a"], ["b"]])
    }

    @Test func emptyFieldsCount() {
        #expect(rows(",\n,,x\n") == [["", ""], ["", "", "x"]])
        #expect(rows("") == [])
    }

    @Test("Only the broken row is refused; the next is read")
    func brokenRows() {
        #expect(rows("a,b\n1,x\"y\n2,z\n") == [["a", "b"], nil, ["2", "z"]])
        #expect(rows("a\n\"open\nb\n") == [["a"], nil, ["b"]])
        #expect(rows([UInt8]("a\n".utf8) + [0xFF, 0xFE] + [UInt8]("\nb".utf8)) == [["a"], nil, ["b"]])
    }

    @Test func reportsTheLineOfEachRow() {
        #expect(CSVReader([UInt8]("a\n\"x\ny\"\nb".utf8)).map(\.line) == [1, 2, 4])
    }

    @Test("A row longer than the limit is refused, and the rows after it are read")
    func longRows() {
        let long = String(repeating: "x", count: CSVReader.longestRow + 1)
        #expect(rows("a,b\n1,\(long)\n2,z\n") == [["a", "b"], nil, ["2", "z"]])
        #expect(rows("a,b\n1,\"\(long)\"\n2,z\n") == [["a", "b"], nil, ["2", "z"]])
        // The quote is opened but never closed: only its own line is lost.
        let open = "a\n\"open\n" + String(repeating: "b\n", count: CSVReader.longestRow)
        #expect(CSVReader([UInt8](open.utf8)).reduce(into: 0) { count, _ in count += 1 } == CSVReader.longestRow + 2)
    }

    @Test("Reading a file in pieces gives the same rows as reading it at once")
    func pieces() throws {
        let url = URL.temporaryDirectory.appending(path: "csv-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: url) }
        var text = "\u{FEFF}id,name\n"
        for number in 0..<40_000 { text += "\(number),\"номер \(number)\(number % 7 == 0 ? "\n\"\"и\"\"" : "")\"\r\n" }
        try Data(text.utf8).write(to: url)
        let whole = CSVReader([UInt8](text.utf8)).map { ($0.line, try? $0.content.get()) }
        let pieces = CSVReader(ByteStream(try FileHandle(forReadingFrom: url))).map { ($0.line, try? $0.content.get()) }
        #expect(whole.count == 40_001)
        #expect(whole.map(\.0) == pieces.map(\.0))
        #expect(whole.map(\.1) == pieces.map(\.1))
    }

    @Test("Whatever the bytes are, reading ends", arguments: 0..<50)
    func hostile(seed: Int) {
        let alphabet = [UInt8]("\",\n\r ax".utf8) + [0xFF, 0xD0]
        let bytes = (0..<300).map { _ in alphabet.randomElement() ?? 0 }
        var count = 0
        for _ in CSVReader(bytes) { count += 1 }
        #expect(count <= 301)
    }
}
