/// The claims about a person, from an id_token, the userinfo endpoint or the Graph API.
struct PersonClaims: Codable, Sendable {
    /// The longest accepted e-mail address, in bytes (RFC 5321, 4.5.3.1.3, without the angle brackets).
    static let longestEmail = 254
    /// The longest accepted name, in characters.
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

    /// Reads the claims; a malformed one counts as missing.
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
        // Some providers write the boolean as a string.
        let word = try? claims.decode(String.self, forKey: .isEmailVerified)
        let value = try? claims.decode(Bool.self, forKey: .isEmailVerified)
        isEmailVerified = value ?? (word == "true")
    }
}
