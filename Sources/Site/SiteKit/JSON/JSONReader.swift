import Civic

/// Strict JSON parser by RFC 8259, for UTF-8: no trailing commas, comments or duplicate names.
///
/// A byte order mark is ignored, as RFC 8259 §8.1 allows. Foundation's decoder also accepts UTF-16 and trailing commas, and
/// takes the last of duplicate members.
package struct JSONReader {
    /// Where and why a text is not valid JSON.
    package struct Fault: Error, Equatable {
        /// The kinds of faults.
        package enum Reason: Equatable {
            /// A syntax error.
            case malformed
            /// Bytes that are not UTF-8, or a lone surrogate.
            case notText
            /// A duplicate name in an object.
            case repeated(name: String)
        }

        /// The line, counted from 1.
        package let line: Int
        /// What is wrong there.
        package let reason: Reason
    }

    /// The maximum nesting depth.
    private static let deepest = 64

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    private var depth = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Parses a complete text.
    ///
    /// - Throws: `Fault` with the line.
    package static func read(_ bytes: some Sequence<UInt8>) throws(Fault) -> JSONValue {
        var reader = JSONReader(Array(bytes))
        if reader.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.position = 3 }
        let value = try reader.value()
        reader.skipBlanks()
        guard reader.position == reader.bytes.count else { throw reader.fault() }
        return value
    }

    private func fault(_ reason: Fault.Reason = .malformed) -> Fault { Fault(line: line, reason: reason) }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipBlanks() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            if byte == 0x0A { line += 1 }
            position += 1
        }
    }

    private mutating func take(_ wanted: Unicode.Scalar) -> Bool {
        guard let byte = next, UInt32(byte) == wanted.value else { return false }
        position += 1
        return true
    }

    private mutating func value() throws(Fault) -> JSONValue {
        skipBlanks()
        switch next {
        case UInt8(ascii: "{"): return .object(try members())
        case UInt8(ascii: "["): return .array(try elements())
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "t"): return try word("true", .flag(true))
        case UInt8(ascii: "f"): return try word("false", .flag(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(Fault) -> JSONValue {
        let end = position + word.utf8CodeUnitCount
        let isThere = word.withUTF8Buffer { end <= bytes.count && bytes[position..<end].elementsEqual($0) }
        guard isThere else { throw fault() }
        position = end
        return value
    }

    private mutating func open() throws(Fault) {
        position += 1
        depth += 1
        guard depth <= Self.deepest else { throw fault() }
        skipBlanks()
    }

    private mutating func members() throws(Fault) -> [JSONValue.Member] {
        try open()
        defer { depth -= 1 }
        var members: [JSONValue.Member] = []
        if take("}") { return members }
        var names: Set<String> = []
        while true {
            skipBlanks()
            guard next == UInt8(ascii: "\"") else { throw fault() }
            let start = line
            let name = try text()
            guard names.insert(name).inserted else { throw fault(.repeated(name: String(name.prefix(40)))) }
            skipBlanks()
            guard take(":") else { throw fault() }
            members.append(.init(name: name, line: start, value: try value()))
            skipBlanks()
            if take("}") { return members }
            guard take(",") else { throw fault() }
        }
    }

    private mutating func elements() throws(Fault) -> [JSONValue] {
        try open()
        defer { depth -= 1 }
        var elements: [JSONValue] = []
        if take("]") { return elements }
        while true {
            elements.append(try value())
            skipBlanks()
            if take("]") { return elements }
            guard take(",") else { throw fault() }
        }
    }

    private mutating func number() throws(Fault) -> String {
        let start = position
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits() throws(Fault) {
        let start = position
        while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
        guard position > start else { throw fault() }
    }

    private mutating func text() throws(Fault) -> String {
        position += 1
        var scalars: [UInt8] = []
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: scalars, as: UTF8.self) else { throw fault(.notText) }
                return text
            case UInt8(ascii: "\\"): scalars += try escaped().utf8
            case 0..<0x20: throw fault()
            default: scalars.append(byte)
            }
        }
        throw fault()
    }

    private mutating func escaped() throws(Fault) -> String {
        guard let byte = next else { throw fault() }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return String(UnicodeScalar(byte))
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unit()
        default: throw fault()
        }
    }

    // Reads one UTF-16 unit in hexadecimal, or a surrogate pair.
    private mutating func unit() throws(Fault) -> String {
        let first = try hexadecimal()
        var units = [first]
        if UTF16.isLeadSurrogate(first) {
            guard take("\\"), take("u") else { throw fault(.notText) }
            units.append(try hexadecimal())
        }
        guard let text = String(validating: units, as: UTF16.self) else { throw fault(.notText) }
        return text
    }

    private mutating func hexadecimal() throws(Fault) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = next.flatMap(PercentDecoding.hexDigit) else { throw fault() }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }
}
