import Foundation
import TestSupport
import Testing

@testable import Attachments

@Suite struct ZipDirectoryTests {
    @Test("Damaged archives are refused or listed, whatever their bytes are")
    func hostile() async throws {
        let folder = try TemporaryFolder()
        let sound = try Data(contentsOf: try await Sample.make("letter.docx", in: folder.url))
        var random = SplitMix64(seed: 8)
        let file = folder.url.appending(path: "damaged")
        var listed = 0
        for _ in 0..<3_000 {
            var bytes = sound
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if Bool.random(using: &random) { bytes = bytes.prefix(Int.random(in: 0...bytes.count, using: &random)) }
            try bytes.write(to: file)
            if let directory = try? ZipDirectory(of: try OpenFile(file), maxEntries: 10) {
                listed += 1
                #expect(directory.entries.count == 3)
            }
        }
        // Changes within packed content go unnoticed here, because nothing is unpacked.
        #expect(listed > 100)
    }

    @Test("The entries are those of Python's zipfile")
    func entries() async throws {
        let folder = try TemporaryFolder()
        let file = try await Sample.make("letter.docx", in: folder.url)
        let directory = try ZipDirectory(of: try OpenFile(file), maxEntries: 10)
        #expect(directory.entries.map(\.name) == ["[Content_Types].xml", "_rels/.rels", "word/document.xml"])
        #expect(directory.entries.map(\.unpacked) == [8, 16, 11])
    }
}
