import Testing

@testable import Civic

@Suite struct PunycodeTests {
    /// The samples of RFC 3492 section 7.1, and our own.
    private static let samples = [
        ("ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn"),
        ("почемужеонинеговорятпорусски", "b1abfaaepdrnnbgefbadotcwatmq2g4l"),
        ("pročprostěnemluvíčesky", "proprostnemluvesky-uyb24dma41a"), ("bücher", "bcher-kva"), ("қаз", "80ao21a"),
        ("3年b組金八先生", "3b-ww4c5e180e575a65lsy2b"),
    ]

    @Test(arguments: samples) func encodes(label: String, encoded: String) {
        #expect(Punycode.encode(label) == encoded)
        #expect(Punycode.decode(encoded) == label)
    }

    @Test("Malformed encodings are refused", arguments: ["99999999", "a-b-\u{0430}", "!", "zzzzzzzzzzzz"])
    func refused(text: String) { #expect(Punycode.decode(text) == nil) }
}
