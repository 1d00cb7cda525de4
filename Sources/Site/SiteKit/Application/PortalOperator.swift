import Civic

/// The operator as named in the agreement and in mails; empty until configured.
package struct PortalOperator: Sendable, Equatable {
    /// The longest name, characters.
    private static let longestName = 300

    private let name: String?
    private let bin: BusinessIdentificationNumber?
    private let contact: String?

    /// No operator is named.
    package init() { (name, bin, contact) = (nil, nil, nil) }

    /// Reads and checks the settings.
    ///
    /// - Throws: `SiteError.invalidSetting`.
    package init(_ config: SettingsReader) throws(SiteError) {
        (name, contact) = (try config.text(.operatorName), try config.text(.operatorContact))
        if let name, name.count > Self.longestName || name.contains(where: \.isNewline) {
            throw config.invalid(.operatorName, expected: "one line of \(Self.longestName) characters at most")
        }
        if let contact, (try? EmailAddress(contact)) == nil, (try? PhoneNumber(contact)) == nil {
            throw config.invalid(.operatorContact, expected: "an e-mail address or a phone number")
        }
        let number = try config.text(.operatorBIN)
        do {
            bin = try number.map { written throws(StateNumberFault) in
                try BusinessIdentificationNumber(written)
            }
        } catch {
            throw config.invalid(.operatorBIN, expected: "12 digits with a right check digit")
        }
        guard name != nil || bin == nil else {
            throw config.invalid(.operatorName, expected: "set when OPENALMATY_OPERATOR_BIN is")
        }
        guard contact != nil || name == nil else {
            throw config.invalid(.operatorContact, expected: "set when OPENALMATY_OPERATOR_NAME is")
        }
    }

    /// The operator's name and contact, or a text that none was named.
    package func presentation(_ words: Strings) -> String {
        let parts = [
            name.map { words.text("operator_name", ["name": $0]) } ?? words["operator_unnamed"],
            bin.map { words.text("operator_bin", ["bin": $0.text]) }, reach(words),
        ]
        return parts.compactMap { $0 }.joined(separator: " ")
    }

    /// The contact as a URI: `mailto:` (RFC 6068) or `tel:` (RFC 3966).
    package var contactAddress: String? {
        guard let contact else { return nil }
        if let phone = try? PhoneNumber(contact) { return "tel:" + phone.text }
        return "mailto:"
            + contact.split(separator: "@", omittingEmptySubsequences: false).map { Link.encode(String($0)) }
            .joined(separator: "@")
    }

    /// The contact for the footer of a mail, or a text that none was named.
    package func footer(_ words: Strings) -> String {
        name == nil ? presentation(words) : reach(words) ?? presentation(words)
    }

    /// The contact as a link that writes an e-mail or dials a number; nil when none is set.
    package var contactLink: (href: String, text: String)? {
        contact.flatMap { text in contactAddress.map { ($0, text) } }
    }

    private func reach(_ words: Strings) -> String? { contact.map { words.text("operator_contact", ["contact": $0]) } }
}
