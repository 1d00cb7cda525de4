/// The parameters of a header field: `; name=value`, where a value may be quoted.
///
/// Source: RFC 9110 §5.6.6. In a quoted value a backslash escapes a quotation mark or a backslash; before anything else it stands for
/// itself, because some browsers send the path of a Windows file unescaped.
package struct HeaderParameters: Sendable {
    private let pairs: [(name: String, value: String)]

    /// Reads the parameters after the first semicolon of a header field; nil when they are malformed.
    package init?(_ header: String) {
        var pairs: [(name: String, value: String)] = []
        var rest = Array(header.utf8).drop { $0 != UInt8(ascii: ";") }
        while let separator = rest.first {
            guard separator == UInt8(ascii: ";") else { return nil }
            rest = Self.trimmed(rest.dropFirst())
            // RFC 9110 allows a semicolon without a parameter.
            guard let first = rest.first, first != UInt8(ascii: ";") else { continue }
            let name = rest.prefix { $0 != UInt8(ascii: "=") }
            guard Self.isToken(name), name.count < rest.count else { return nil }
            rest = rest.dropFirst(name.count + 1)
            guard let value = rest.first == UInt8(ascii: "\"") ? Self.quoted(&rest) : Self.token(&rest) else {
                return nil
            }
            pairs.append((String(decoding: name, as: UTF8.self).lowercased(), value))
            rest = Self.trimmed(rest)
        }
        self.pairs = pairs
    }

    /// All values of a name, which is in lower case.
    package func values(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

    /// Whether a text is a token (RFC 9110 §5.6.2).
    package static func isToken(_ text: some Collection<UInt8>) -> Bool {
        !text.isEmpty
            && text.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }

    private static func token(_ rest: inout ArraySlice<UInt8>) -> String? {
        let value = rest.prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
        guard isToken(value) else { return nil }
        rest = rest.dropFirst(value.count)
        return String(decoding: value, as: UTF8.self)
    }

    private static func quoted(_ rest: inout ArraySlice<UInt8>) -> String? {
        let (quote, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
        var value: [UInt8] = []
        var place = rest.startIndex + 1
        while place < rest.endIndex, rest[place] != quote {
            let next = place + 1
            if rest[place] == backslash, next < rest.endIndex, rest[next] == quote || rest[next] == backslash {
                place = next
            }
            value.append(rest[place])
            place += 1
        }
        guard place < rest.endIndex else { return nil }
        rest = rest[(place + 1)...]
        return String(decoding: value, as: UTF8.self)
    }

    private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        text.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    }
}
