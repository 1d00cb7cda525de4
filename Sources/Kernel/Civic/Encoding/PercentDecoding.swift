/// Decodes percent-encoded text (RFC 3986 §2.1).
public enum PercentDecoding {
    /// The text that a query or form component stands for; nil for a broken escape or bytes that are not UTF-8.
    ///
    /// A plus stands for a space, as in application/x-www-form-urlencoded (URL Standard).
    public static func component(_ text: some Sequence<UInt8>) -> String? {
        bytes(text, plus: UInt8(ascii: " ")).flatMap { String(validating: $0, as: UTF8.self) }
    }

    /// The bytes that a text stands for; nil for a broken escape.
    ///
    /// - Parameter plus: the byte that a plus stands for.
    public static func bytes(_ text: some Sequence<UInt8>, plus: UInt8 = UInt8(ascii: "+")) -> [UInt8]? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(text.underestimatedCount)
        var rest = text.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "+"): decoded.append(plus)
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(hexDigit), let low = rest.next().flatMap(hexDigit) else {
                    return nil
                }
                decoded.append(high << 4 | low)
            default: decoded.append(byte)
            }
        }
        return decoded
    }

    /// The value of a hexadecimal digit; nil for any other byte.
    public static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
