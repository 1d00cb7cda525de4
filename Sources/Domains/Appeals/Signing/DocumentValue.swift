/// A value of the document that is signed: JSON (RFC 8259) with only one way to write each value.
///
/// Members keep their order, lines end with LF, the indent is two spaces, and characters are escaped only where they must be.
indirect enum DocumentValue: Hashable, Sendable {
    case text(String)
    case whole(Int)
    /// A number with a fixed number of decimals, as digits.
    case decimal(String)
    case flag(Bool)
    case list([DocumentValue])
    case object([(name: String, value: DocumentValue)])

    /// An object without the members that are missing.
    static func members(_ members: KeyValuePairs<String, DocumentValue?>) -> DocumentValue {
        .object(members.compactMap { name, value in value.map { (name, $0) } })
    }

    /// A text, or nothing.
    static func optional(_ text: String?) -> DocumentValue? { text.map { .text($0) } }

    /// Degrees with seven decimals, about a centimetre.
    static func degrees(_ degrees: Double) -> DocumentValue {
        let units = Int((degrees * 10_000_000).rounded())
        let digits = String(units.magnitude)
        let padded = String(repeating: "0", count: max(0, 8 - digits.count)) + digits
        return .decimal((units < 0 ? "-" : "") + padded.dropLast(7) + "." + padded.suffix(7))
    }

    /// The value as it is written, without a line end after it.
    func written(indent: String = "") -> String {
        switch self {
        case .text(let text): Self.quoted(text)
        case .whole(let number): String(number)
        case .decimal(let digits): digits
        case .flag(let flag): flag ? "true" : "false"
        case .list(let values): Self.block("[", values.map { $0.written(indent: indent + "  ") }, "]", indent)
        case .object(let members):
            Self.block(
                "{",
                members.map { Self.quoted($0.name) + ": " + $0.value.written(indent: indent + "  ") },
                "}",
                indent
            )
        }
    }

    private static func block(_ begin: String, _ lines: [String], _ end: String, _ indent: String) -> String {
        if lines.isEmpty { return begin + end }
        return begin + "\n" + lines.map { indent + "  " + $0 }.joined(separator: ",\n") + "\n" + indent + end
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    static func == (left: DocumentValue, right: DocumentValue) -> Bool { left.written() == right.written() }

    func hash(into hasher: inout Hasher) { hasher.combine(written()) }
}
