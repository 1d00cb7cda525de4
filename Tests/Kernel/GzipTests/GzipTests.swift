import Foundation
import Gzip
import TestSupport
import Testing

@Suite struct GzipTests {
    /// The gzip program refused a file.
    private struct Refused: Error {}

    /// Bytes of which a share repeats what came before, so that there is something to pack.
    private static func sample(_ count: Int, repeated share: Double, seed: UInt64) -> [UInt8] {
        var random = SplitMix64(seed: seed)
        var bytes: [UInt8] = []
        while bytes.count < count {
            if !bytes.isEmpty, Double.random(in: 0..<1, using: &random) < share {
                let start = Int.random(in: 0..<bytes.count, using: &random)
                bytes += bytes[start...].prefix(Int.random(in: 1...200, using: &random))
            } else {
                bytes.append(UInt8.random(in: 0...255, using: &random))
            }
        }
        return Array(bytes.prefix(count))
    }

    /// What the `gzip` program unpacks; it also checks length and checksum.
    private func unpacked(_ packed: [UInt8]) throws -> [UInt8] {
        let folder = try TemporaryFolder()
        try Data(packed).write(to: folder.url.appending(path: "a.gz"))
        let gzip = Process()
        gzip.executableURL = URL(filePath: "/usr/bin/env")
        gzip.arguments = ["gzip", "--decompress", folder.url.appending(path: "a.gz").path]
        gzip.standardError = FileHandle.nullDevice
        try gzip.run()
        gzip.waitUntilExit()
        guard gzip.terminationStatus == 0 else { throw Refused() }
        return Array(try Data(contentsOf: folder.url.appending(path: "a")))
    }

    @Test("The gzip program unpacks what was packed", arguments: [0, 1, 2, 1_000, 65_535, 65_536, 300_000])
    func program(count: Int) throws {
        for (level, share) in [(Int32(1), 0.0), (6, 0.2), (9, 0.5)] {
            let bytes = Self.sample(count, repeated: share, seed: UInt64(count) + UInt64(level))
            let packed = try #require(Gzip.pack(bytes, level: level))
            #expect(packed.count <= Gzip.bound(count))
            #expect(try unpacked(packed) == bytes)
        }
    }

    @Test("A changed byte or a missing end is noticed, so the oracle can refuse")
    func damaged() throws {
        let bytes = Self.sample(5_000, repeated: 0.5, seed: 7)
        var packed = try #require(Gzip.pack(bytes, level: 6))
        #expect(throws: Refused.self) { try unpacked(Array(packed.dropLast(3))) }
        packed[packed.count / 2] ^= 0x10
        #expect(throws: Refused.self) { try unpacked(packed) }
    }

    @Test("Text becomes smaller, and a higher level never makes it much larger")
    func size() throws {
        let text = Array(String(repeating: "проспект Абая, 10; улица Сатпаева, 22; ", count: 500).utf8)
        let sizes = try [Int32(1), 6, 9].map { try #require(Gzip.pack(text, level: $0)).count }
        #expect(sizes.allSatisfy { $0 < text.count / 20 })
        #expect(sizes[2] <= sizes[0])
    }

    @Test("Nothing is written behind the room, and too little room is refused")
    func room() throws {
        let bytes = Self.sample(10_000, repeated: 0, seed: 3)
        let needed = try #require(Gzip.pack(bytes, level: 6)).count
        for (room, isEnough) in [(0, false), (1, false), (needed - 1, false), (needed, true), (needed + 50, true)] {
            var output = [UInt8](repeating: 0xAA, count: room + 64)
            let written = output.withUnsafeMutableBytes { output in
                bytes.withUnsafeBytes { input in
                    Gzip.pack(input, level: 6, into: UnsafeMutableRawBufferPointer(rebasing: output[..<room]))
                }
            }
            #expect((written != nil) == isEnough, "\(room)")
            #expect(output[room...].allSatisfy { $0 == 0xAA })
        }
    }
}
