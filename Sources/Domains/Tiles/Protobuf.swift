/// The few parts of the Protocol Buffers wire format that a vector tile needs.
///
/// Source: protobuf.dev, "Encoding".
enum Protobuf {
    /// The length of a number as a varint, in bytes.
    @inline(__always)
    static func size(_ value: UInt64) -> Int { (70 - (value | 1).leadingZeroBitCount) / 7 }

    /// Maps signed numbers near zero to small unsigned ones (zigzag encoding).
    @inline(__always)
    static func zigzag(_ value: Int32) -> UInt64 { UInt64(UInt32(bitPattern: (value << 1) ^ (value >> 31))) }

    /// Writes a varint and returns the position after it.
    @inline(__always)
    static func write(_ value: UInt64, to place: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
        var (rest, place) = (value, place)
        while rest >= 0x80 {
            place.pointee = UInt8(truncatingIfNeeded: rest) | 0x80
            place += 1
            rest >>= 7
        }
        place.pointee = UInt8(truncatingIfNeeded: rest)
        return place + 1
    }
}

extension [UInt8] {
    mutating func appendVarint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    /// Appends a length-delimited field with its number.
    mutating func appendField(_ number: Int, _ bytes: some Collection<UInt8>) {
        appendVarint(UInt64(number << 3 | 2))
        appendVarint(UInt64(bytes.count))
        append(contentsOf: bytes)
    }

    /// Appends a varint field.
    mutating func appendField(_ number: Int, varint: UInt64) {
        appendVarint(UInt64(number << 3))
        appendVarint(varint)
    }
}
