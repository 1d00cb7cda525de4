import Civic
import TestSupport
import Testing

@Suite struct ReproducibleNumbersTests {
    // The test vectors of the reference implementation (draft-eastlake-fnv, appendix C).
    @Test(
        "Hashes are those of the reference implementation of FNV-1a",
        arguments: [
            ("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8),
        ] as [(String, UInt64)]
    )
    func fnv(text: String, hash: UInt64) {
        #expect(FNV1a.hash(text.utf8) == hash)
        #expect(text.utf8.reduce(FNV1a.empty) { FNV1a.extend($0, by: UInt64($1)) } == hash)
        #expect(FNV1a.extend(FNV1a.hash(text.utf8.prefix(2)), byBytes: text.utf8.dropFirst(2)) == hash)
    }

    // The first numbers of the reference implementation, splitmix64.c of Sebastiano Vigna.
    @Test func numbersAreThoseOfTheReferenceImplementation() {
        var random = SplitMix64(seed: 1_234_567)
        let numbers = (0..<3).map { _ in random.next() }
        #expect(numbers == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
    }
}
