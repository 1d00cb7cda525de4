/// A value in the distinguished encoding rules (X.690), as far as tests take messages apart.
indirect enum DER {
    case primitive(tag: UInt8, [UInt8])
    case constructed(tag: UInt8, [DER])

    struct Malformed: Error {}

    /// Parses one value and nothing after it.
    init(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        self = try Self.next(&rest)
        guard rest.isEmpty else { throw Malformed() }
    }

    private static func next(_ rest: inout ArraySlice<UInt8>) throws -> DER {
        guard let tag = rest.popFirst(), let first = rest.popFirst() else { throw Malformed() }
        var length = Int(first)
        if first >= 0x80 {
            guard (1...4).contains(first & 0x7F) else { throw Malformed() }
            length = 0
            for _ in 0..<(first & 0x7F) { length = length << 8 | Int(rest.popFirst() ?? 0) }
        }
        guard length <= rest.count else { throw Malformed() }
        var content = rest.prefix(length)
        rest = rest.dropFirst(length)
        guard tag & 0x20 != 0 else { return .primitive(tag: tag, Array(content)) }
        var parts: [DER] = []
        while !content.isEmpty { parts.append(try next(&content)) }
        return .constructed(tag: tag, parts)
    }

    var bytes: [UInt8] {
        let (tag, content): (UInt8, [UInt8]) =
            switch self {
            case .primitive(let tag, let content): (tag, content)
            case .constructed(let tag, let parts): (tag, parts.flatMap(\.bytes))
            }
        if content.count < 0x80 { return [tag, UInt8(content.count)] + content }
        let length = withUnsafeBytes(of: UInt32(content.count).bigEndian) { Array($0.drop { $0 == 0 }) }
        return [tag, 0x80 | UInt8(length.count)] + length + content
    }

    var parts: [DER] {
        get { if case .constructed(_, let parts) = self { parts } else { [] } }
        set { if case .constructed(let tag, _) = self { self = .constructed(tag: tag, newValue) } }
    }

    /// The value with some of its parts replaced, outermost first.
    func replacing(_ replacement: (DER) -> DER?) -> DER {
        if let new = replacement(self) { return new }
        guard case .constructed(let tag, let parts) = self else { return self }
        return .constructed(tag: tag, parts.map { $0.replacing(replacement) })
    }

    /// An object identifier, from its dotted form.
    static func oid(_ text: String) -> DER {
        let numbers = text.split(separator: ".").compactMap { UInt($0) }
        var bytes = [UInt8(40 * numbers[0] + numbers[1])]
        for number in numbers.dropFirst(2) {
            var (digits, rest) = ([UInt8(number & 0x7F)], number >> 7)
            while rest > 0 {
                digits.insert(UInt8(rest & 0x7F) | 0x80, at: 0)
                rest >>= 7
            }
            bytes += digits
        }
        return .primitive(tag: 0x06, bytes)
    }

    func isOID(_ text: String) -> Bool { bytes == Self.oid(text).bytes }
    static let null = DER.primitive(tag: 0x05, [])
    static func sequence(_ parts: DER...) -> DER { .constructed(tag: 0x30, parts) }
}
