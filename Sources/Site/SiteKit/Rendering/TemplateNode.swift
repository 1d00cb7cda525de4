/// A part of a parsed template.
indirect enum TemplateNode: Sendable, Equatable {
    /// Literal text.
    case text([UInt8])
    /// `{{name}}`, or unescaped `{{{name}}}` and `{{&name}}`.
    case value(TagName, isEscaped: Bool, line: Int)
    /// `{{#name}}…{{/name}}`, or inverted `{{^name}}…{{/name}}`.
    case section(TagName, [TemplateNode], isInverted: Bool, line: Int)
    /// `{{>name}}`.
    case partial(String, line: Int)
    /// `{{>*name}}`: the partial that a member names.
    case chosenPartial(TagName, line: Int)
    /// `{{<name}}…{{/name}}` with the blocks that replace those of the parent.
    case parent(String, blocks: [String: [TemplateNode]], line: Int)
    /// `{{$name}}default{{/name}}`.
    case block(String, [TemplateNode])
}

/// The name in a tag: where it is looked up, and the condition it stands for.
struct TagName: Sendable, Equatable {
    /// The condition under which a section is shown.
    enum Condition: Sendable, Equatable {
        /// Whether the member is present: true, not nil, not an empty list.
        case isPresent
        /// `empty(name)`: whether a list has no elements.
        case isEmpty
        /// `last()`: whether this is the last element of the enclosing list.
        case isLast
    }

    /// The name as written.
    let text: String
    /// The member and the members inside it, outermost first; empty for `.` and `last()`.
    let path: [String]
    /// Whether only the innermost context is searched (`.name`).
    let isLocal: Bool
    let condition: Condition

    /// Reads the name of a tag; nil when it is malformed.
    init?(_ text: String) {
        self.text = text
        var name = text[...]
        if name == "last()" {
            (path, isLocal, condition) = ([], true, .isLast)
            return
        }
        if name.hasPrefix("empty("), name.hasSuffix(")") {
            name = name.dropFirst("empty(".count).dropLast()
            condition = .isEmpty
        } else {
            condition = .isPresent
        }
        if name == "." {
            (path, isLocal) = ([], true)
            return
        }
        isLocal = name.hasPrefix(".")
        let parts = (isLocal ? name.dropFirst() : name).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.allSatisfy(Self.isMember) else { return nil }
        path = parts.map(String.init)
    }

    private static func isMember(_ part: Substring) -> Bool {
        !part.isEmpty
            && part.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}
