/// A link with a label; plain text where there is nothing to link to.
package struct LabelLink: Codable, Sendable {
    /// The target; nil for text without a link.
    package var href: String?
    /// The visible text.
    package let label: String

    /// Makes a link.
    package init(href: String? = nil, label: String) { (self.href, self.label) = (href, label) }
}

/// A link whose text is a value: a phone number, an address on the web.
package struct TextLink: Codable, Sendable {
    /// The target; nil for text without a link.
    package var href: String?
    /// The visible text.
    package let text: String

    /// Makes a link.
    package init(href: String? = nil, text: String) { (self.href, self.text) = (href, text) }
}
