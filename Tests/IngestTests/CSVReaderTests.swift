import Testing

@testable import Ingest

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

    @Test("A broken row is refused alone; the next is read")
    func brokenRows() {
        #expect(rows("a,b\n1,x\"y\n2,z\n") == [["a", "b"], nil, ["2", "z"]])
        #expect(rows("a\n\"open\nb\n") == [["a"], nil, ["b"]])
        #expect(rows([UInt8]("a\n".utf8) + [0xFF, 0xFE] + [UInt8]("\nb".utf8)) == [["a"], nil, ["b"]])
    }

    @Test func tellsTheLineEachRowBeginsIn() {
        #expect(CSVReader([UInt8]("a\n\"x\ny\"\nb".utf8)).map(\.line) == [1, 2, 4])
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
