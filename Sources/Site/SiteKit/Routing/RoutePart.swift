/// One segment of a route pattern: a literal, or a parameter such as `{slug}` with its prefix and suffix, as in `{y}.mvt`.
package struct RoutePart: Sendable {
    /// The segment as written in the route.
    package let pattern: String
    private let isParameter: Bool
    private let prefix: String
    private let suffix: String

    /// Parses one segment of a route pattern.
    package init(_ pattern: String) {
        self.pattern = pattern
        let open = pattern.firstIndex(of: "{")
        let close = pattern.lastIndex(of: "}")
        if let open, let close, open < close {
            isParameter = true
            prefix = String(pattern[..<open])
            suffix = String(pattern[pattern.index(after: close)...])
        } else {
            isParameter = false
            (prefix, suffix) = (pattern, "")
        }
    }

    /// Whether a path segment matches this part.
    package func matches(_ segment: Substring) -> Bool {
        guard isParameter else { return segment == prefix }
        return segment.utf8.count > prefix.utf8.count + suffix.utf8.count && segment.hasPrefix(prefix)
            && segment.hasSuffix(suffix)
    }
}
