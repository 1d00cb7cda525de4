/// 64-bit FNV-1a: a hash of a text that is the same on every machine and in every run.
///
/// Source: G. Fowler, L. C. Noll, K.-P. Vo, D. Eastlake, The FNV Non-Cryptographic Hash Algorithm.
struct Fingerprint {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    /// Adds the bytes of a text.
    mutating func mix(_ text: String) {
        for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }

    /// The hash of one text.
    static func of(_ text: String) -> UInt64 {
        var fingerprint = Fingerprint()
        fingerprint.mix(text)
        return fingerprint.value
    }
}
