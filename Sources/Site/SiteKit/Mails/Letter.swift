package import Civic

/// The contents of a mail: which texts of its feature, the values for them, and the target of its button.
///
/// The texts of a letter are the words `mail_<key>_subject`, `mail_<key>_text` with paragraphs separated by line feeds,
/// `mail_<key>_action` for the button where there is one, and optionally `mail_<key>_unless`: what to do when the reader did not
/// cause the mail.
package struct Letter: Sendable {
    /// The middle part of the keys of its texts.
    package let key: String
    /// Whom it greets; nil for a greeting without a name.
    package let name: PersonName?
    /// The path of its button; nil when it has none.
    package let path: String?
    /// Values for the placeholders of its texts.
    package let arguments: [String: String]
    /// A code to type in; nil when it has none.
    package let code: String?
    /// The key of a text that is added as the last paragraph; nil for none.
    package let more: String?

    /// Describes a letter.
    package init(
        _ key: String,
        _ name: PersonName?,
        path: String? = nil,
        _ arguments: [String: String] = [:],
        code: String? = nil,
        more: String? = nil
    ) {
        (self.key, self.name, self.path, self.arguments) = (key, name, path, arguments)
        (self.code, self.more) = (code, more)
    }

    /// The salutation.
    func greeting(_ words: Strings) -> String {
        name.map { words.text("mail_greeting", ["name": $0.text]) } ?? words["mail_greeting_nameless"]
    }

    /// The paragraphs.
    func paragraphs(_ words: Strings) -> [String] {
        let text = words.text("mail_\(key)_text", arguments).split(separator: "\n").map(String.init)
        return text + [more.map { words.text($0, arguments) }].compactMap { $0 }
    }
}
