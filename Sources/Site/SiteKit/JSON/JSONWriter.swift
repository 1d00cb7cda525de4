package import NIOCore

/// Writes JSON directly into a buffer; this keeps the frequent responses of a few hundred bytes cheap.
package struct JSONWriter {
    /// The text that was written so far.
    package private(set) var buffer: ByteBuffer
    /// Whether a comma must precede the next value or member.
    package private(set) var needsComma = false

    /// Makes an empty writer.
    ///
    /// - Parameter capacity: the bytes to reserve.
    package init(capacity: Int = 512) { buffer = ByteBufferAllocator().buffer(capacity: capacity) }

    /// Continues a text whose beginning another writer has written.
    ///
    /// - Parameter needsComma: that writer's final `needsComma`.
    package init(capacity: Int, continuing needsComma: Bool) {
        self.init(capacity: capacity)
        self.needsComma = needsComma
    }

    /// The bytes written so far.
    package var bytes: [UInt8] { Array(buffer.readableBytesView) }

    /// Opens an object.
    package mutating func beginObject() { open("{") }
    /// Closes the innermost object.
    package mutating func endObject() { close("}") }
    /// Opens an array.
    package mutating func beginArray() { open("[") }
    /// Closes the innermost array.
    package mutating func endArray() { close("]") }

    /// Writes the name of a member, whose value must come next.
    ///
    /// The name is written without escaping.
    package mutating func key(_ name: StaticString) {
        let count = name.utf8CodeUnitCount
        let hasComma = needsComma
        // Write comma, quotes, name and colon through one unsafe buffer: written separately, each would check the capacity
        // again, dozens of times for a response. At most four bytes are needed besides the name.
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count + 4) { bytes in
            var end = 0
            if hasComma {
                bytes[end] = UInt8(ascii: ",")
                end += 1
            }
            bytes[end] = UInt8(ascii: "\"")
            let text = UnsafeRawBufferPointer(start: name.utf8Start, count: count)
            UnsafeMutableRawBufferPointer(rebasing: bytes[(end + 1)...]).copyMemory(from: text)
            end += 1 + count
            bytes[end] = UInt8(ascii: "\"")
            bytes[end + 1] = UInt8(ascii: ":")
            return end + 2
        }
        needsComma = false
    }

    /// Writes a member name that is not known at compile time.
    package mutating func name(_ name: String) {
        comma()
        quote(name)
        buffer.writeInteger(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes a string with the escapes of RFC 8259.
    package mutating func string(_ text: String) {
        comma()
        quote(text)
        needsComma = true
    }

    /// Writes a string, or null.
    package mutating func string(_ text: String?) {
        if let text { string(text) } else { null() }
    }

    /// Writes an integer.
    package mutating func integer(_ value: Int) {
        comma()
        buffer.writeString(String(value))
        needsComma = true
    }

    /// Writes true or false.
    package mutating func bool(_ value: Bool) {
        comma()
        buffer.writeStaticString(value ? "true" : "false")
        needsComma = true
    }

    /// Writes null.
    package mutating func null() {
        comma()
        buffer.writeStaticString("null")
        needsComma = true
    }

    /// Writes a number rounded to `decimals` places (at most 9), without trailing zeros; null unless its magnitude is below 9e9.
    package mutating func number(_ value: Double, decimals: Int) {
        guard value.isFinite, abs(value) < 9e9 else { return null() }
        comma()
        let scale = Self.powers[decimals]
        let scaled = Int64((value * Double(scale)).rounded())
        if scaled < 0 { buffer.writeInteger(UInt8(ascii: "-")) }
        buffer.writeString(String(scaled.magnitude / UInt64(scale)))
        var fraction = scaled.magnitude % UInt64(scale)
        var places = decimals
        while places > 0, fraction % 10 == 0 {
            fraction /= 10
            places -= 1
        }
        if places > 0 {
            let digits = String(fraction)
            buffer.writeInteger(UInt8(ascii: "."))
            for _ in digits.utf8.count..<places { buffer.writeInteger(UInt8(ascii: "0")) }
            buffer.writeString(digits)
        }
        needsComma = true
    }

    /// Writes ready-made JSON.
    package mutating func raw(_ bytes: some Sequence<UInt8>) {
        comma()
        buffer.writeBytes(bytes)
        needsComma = true
    }

    /// Writes a value that is JSON already.
    package mutating func raw(_ bytes: ByteBuffer) {
        comma()
        buffer.writeImmutableBuffer(bytes)
        needsComma = true
    }

    private static let powers: [Int64] = [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
    ]

    private mutating func comma() {
        if needsComma { buffer.writeInteger(UInt8(ascii: ",")) }
    }

    private mutating func open(_ bracket: StaticString) {
        comma()
        buffer.writeStaticString(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: StaticString) {
        buffer.writeStaticString(bracket)
        needsComma = true
    }

    private mutating func quote(_ text: String) {
        buffer.writeInteger(UInt8(ascii: "\""))
        let plain = text.utf8.allSatisfy {
            $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") && $0 != 0x7F
        }
        if plain {
            buffer.writeString(text)
        } else {
            for byte in text.utf8 { escape(byte) }
        }
        buffer.writeInteger(UInt8(ascii: "\""))
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): buffer.writeStaticString("\\\"")
        case UInt8(ascii: "\\"): buffer.writeStaticString("\\\\")
        case UInt8(ascii: "\n"): buffer.writeStaticString("\\n")
        case UInt8(ascii: "\t"): buffer.writeStaticString("\\t")
        case 0..<0x20, 0x7F:
            let digits = String(byte, radix: 16)
            buffer.writeStaticString(digits.utf8.count == 1 ? "\\u000" : "\\u00")
            buffer.writeString(digits)
        default: buffer.writeInteger(byte)
        }
    }
}
