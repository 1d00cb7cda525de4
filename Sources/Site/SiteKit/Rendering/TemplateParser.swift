/// Parses Mustache templates.
///
/// Source: the Mustache specification 1.4 (github.com/mustache/spec) with its optional modules for inheritance and dynamic
/// names, and `empty(name)` and `last()` as conditions. Left out because nothing needs them: other delimiters, lambdas,
/// and the indentation of partials and blocks, which HTML does not show.
struct TemplateParser {
    private enum Piece {
        case text([UInt8])
        case tag(kind: UInt8, name: String)
    }

    private struct Token {
        var piece: Piece
        let line: Int
    }

    private static let variable = UInt8(ascii: " ")

    private let template: String
    private var tokens: [Token] = []
    private var next = 0

    private init(_ template: String) { self.template = template }

    /// Parses the text of a template.
    ///
    /// - Parameter name: the template's name, for errors.
    /// - Throws: `TemplateError.malformed`.
    static func parse(_ text: String, name: String) throws(TemplateError) -> [TemplateNode] {
        var parser = TemplateParser(name)
        try parser.tokenise(Array(text.utf8))
        parser.removeStandaloneLines()
        return try parser.nodes(until: nil)
    }

    // MARK: - Tokens

    private mutating func tokenise(_ bytes: [UInt8]) throws(TemplateError) {
        let (open, close) = (UInt8(ascii: "{"), UInt8(ascii: "}"))
        var line = 1
        var start = 0
        var place = 0
        while place < bytes.count {
            guard bytes[place] == open, place + 1 < bytes.count, bytes[place + 1] == open else {
                place += 1
                continue
            }
            if start < place { tokens.append(Token(piece: .text(Array(bytes[start..<place])), line: line)) }
            line += bytes[start..<place].count { $0 == UInt8(ascii: "\n") }
            let isTriple = place + 2 < bytes.count && bytes[place + 2] == open
            let closing = isTriple ? 3 : 2
            let inner = place + closing
            var end = inner
            while end + closing <= bytes.count, bytes[end..<end + closing].contains(where: { $0 != close }) { end += 1 }
            guard end + closing <= bytes.count else { throw malformed(line, "a tag is not closed") }
            tokens.append(Token(piece: try tag(bytes[inner..<end], isTriple: isTriple, line), line: line))
            line += bytes[inner..<end].count { $0 == UInt8(ascii: "\n") }
            place = end + closing
            start = place
        }
        if start < bytes.count { tokens.append(Token(piece: .text(Array(bytes[start...])), line: line)) }
    }

    private func tag(_ content: ArraySlice<UInt8>, isTriple: Bool, _ line: Int) throws(TemplateError) -> Piece {
        let content = Self.trimmed(content)
        guard let first = content.first else { throw malformed(line, "a tag has no name") }
        if isTriple { return .tag(kind: UInt8(ascii: "{"), name: String(decoding: content, as: UTF8.self)) }
        switch first {
        case UInt8(ascii: "!"): return .tag(kind: first, name: "")
        case UInt8(ascii: "#"), UInt8(ascii: "^"), UInt8(ascii: "/"), UInt8(ascii: ">"), UInt8(ascii: "<"),
            UInt8(ascii: "$"), UInt8(ascii: "&"):
            return .tag(kind: first, name: String(decoding: Self.trimmed(content.dropFirst()), as: UTF8.self))
        case UInt8(ascii: "="): throw malformed(line, "other delimiters are not supported")
        default: return .tag(kind: Self.variable, name: String(decoding: content, as: UTF8.self))
        }
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let isSpace = { (byte: UInt8) in isBlank(byte) || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
        let rest = bytes.drop(while: isSpace)
        return rest[..<(rest.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? rest.startIndex)]
    }

    // A line with one tag and otherwise only blanks is removed, unless the tag prints a value.
    private mutating func removeStandaloneLines() {
        let standalone = tokens.indices.filter { isStandalone($0) }
        for index in standalone {
            if index > 0, case .text(let text) = tokens[index - 1].piece {
                let end = text.lastIndex { !Self.isBlank($0) }
                tokens[index - 1].piece = .text(Array(text[..<(end.map { $0 + 1 } ?? 0)]))
            }
            if index + 1 < tokens.count, case .text(let text) = tokens[index + 1].piece {
                let end = text.firstIndex(of: UInt8(ascii: "\n")) ?? text.count - 1
                tokens[index + 1].piece = .text(Array(text[(end + 1)...]))
            }
        }
    }

    private func isStandalone(_ index: Int) -> Bool {
        guard case .tag(let kind, _) = tokens[index].piece, kind != Self.variable, kind != UInt8(ascii: "{"),
            kind != UInt8(ascii: "&")
        else { return false }
        return startsLine(index) && endsLine(index)
    }

    private func startsLine(_ index: Int) -> Bool {
        guard index > 0 else { return true }
        guard case .text(let text) = tokens[index - 1].piece else { return false }
        let rest = text.lastIndex { !Self.isBlank($0) }
        guard let rest else { return index == 1 }
        return text[rest] == UInt8(ascii: "\n")
    }

    private func endsLine(_ index: Int) -> Bool {
        guard index + 1 < tokens.count else { return true }
        guard case .text(let text) = tokens[index + 1].piece else { return false }
        let rest = text.drop(while: Self.isBlank)
        guard let first = rest.first else { return index + 2 == tokens.count }
        return first == UInt8(ascii: "\n") || rest.starts(with: [UInt8(ascii: "\r"), UInt8(ascii: "\n")])
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    // MARK: - Tree

    private mutating func nodes(until closing: (name: String, line: Int)?) throws(TemplateError) -> [TemplateNode] {
        var nodes: [TemplateNode] = []
        while next < tokens.count {
            let token = tokens[next]
            next += 1
            switch token.piece {
            case .text(let text): if !text.isEmpty { nodes.append(.text(text)) }
            case .tag(UInt8(ascii: "/"), let name):
                guard let closing, closing.name == name else {
                    throw malformed(token.line, "{{/\(name)}} closes nothing that is open")
                }
                return nodes
            case .tag(let kind, let name):
                if let node = try node(kind, name, token.line) { nodes.append(node) }
            }
        }
        if let closing { throw malformed(closing.line, "\(closing.name) is not closed") }
        return nodes
    }

    private mutating func node(_ kind: UInt8, _ name: String, _ line: Int) throws(TemplateError) -> TemplateNode? {
        switch kind {
        case UInt8(ascii: "!"): return nil
        case UInt8(ascii: "#"), UInt8(ascii: "^"):
            let inner = try nodes(until: (name, line))
            return .section(try tagName(name, line), inner, isInverted: kind == UInt8(ascii: "^"), line: line)
        case UInt8(ascii: "$"): return .block(name, try nodes(until: (name, line)))
        case UInt8(ascii: "<"): return .parent(name, blocks: try blocks(of: name, line), line: line)
        case UInt8(ascii: ">"):
            if name.hasPrefix("*") { return .chosenPartial(try tagName(String(name.dropFirst()), line), line: line) }
            return .partial(name, line: line)
        default:
            let name = try tagName(name, line)
            guard name.condition == .isPresent else {
                throw malformed(line, "\(name.text) is a condition, not a value")
            }
            return .value(name, isEscaped: kind == Self.variable, line: line)
        }
    }

    // The content of a parent tag: its blocks; text between them is ignored.
    private mutating func blocks(of name: String, _ line: Int) throws(TemplateError) -> [String: [TemplateNode]] {
        var blocks: [String: [TemplateNode]] = [:]
        for node in try nodes(until: (name, line)) {
            switch node {
            case .block(let name, let nodes): blocks[name] = nodes
            case .text: break
            default: throw malformed(line, "{{<\(name)}} may contain only blocks")
            }
        }
        return blocks
    }

    private func tagName(_ text: String, _ line: Int) throws(TemplateError) -> TagName {
        guard let name = TagName(text) else { throw malformed(line, "\(text) is not the name of a member") }
        return name
    }

    private func malformed(_ line: Int, _ reason: String) -> TemplateError {
        .malformed(template: template, line: line, reason: reason)
    }
}
