/// A link with a label; plain text where there is nothing to link to.
package struct LabelLink: Codable, Sendable {
    package var href: String?
    package let label: String

    package init(href: String? = nil, label: String) { (self.href, self.label) = (href, label) }
}

/// A link whose text is a value: a phone number, an address on the web.
package struct TextLink: Codable, Sendable {
    package var href: String?
    package let text: String

    package init(href: String? = nil, text: String) { (self.href, self.text) = (href, text) }
}
