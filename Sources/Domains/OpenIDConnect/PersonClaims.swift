/// What is said about a person, in an id_token, by the userinfo endpoint or by the Graph API.
struct PersonClaims: Codable, Sendable {
    /// The longest e-mail address that is taken, in bytes (RFC 5321, 4.5.3.1.3, without the angle brackets).
    static let longestEmail = 254
    /// The longest name that is taken, in signs.
    static let longestName = 200

    let email: String?
    let isEmailVerified: Bool
    let name: String?
    let locale: String?

    private enum CodingKeys: String, CodingKey {
        case email
        case isEmailVerified = "email_verified"
        case name
        case locale
    }

    /// Reads the claims; one that is not as it should be counts as not told.
    init(from decoder: any Decoder) throws {
        let claims = try decoder.container(keyedBy: CodingKeys.self)
        func text(_ key: CodingKeys, upTo limit: Int) -> String? {
            guard let text = try? claims.decode(String.self, forKey: key), !text.isEmpty, text.utf8.count <= limit,
                !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
            else { return nil }
            return text
        }
        email = text(.email, upTo: Self.longestEmail)
        name = text(.name, upTo: Self.longestName * 4).map { String($0.prefix(Self.longestName)) }
        locale = text(.locale, upTo: 35)
        // Some providers write the truth value as a word.
        let word = try? claims.decode(String.self, forKey: .isEmailVerified)
        let value = try? claims.decode(Bool.self, forKey: .isEmailVerified)
        isEmailVerified = value ?? (word == "true")
    }
}
