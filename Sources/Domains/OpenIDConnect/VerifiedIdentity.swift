/// The verified identity of a person at a provider.
///
/// Issuer and subject together identify a person; an e-mail address can change hands.
public struct VerifiedIdentity: Sendable, Equatable {
    /// The issuer, in one spelling.
    public let issuer: String
    /// The identifier of the person there; it is never reassigned.
    public let subject: String
    /// The e-mail address, if the provider gave one.
    public let email: String?
    /// Whether the provider states that the address is verified.
    public let isEmailVerified: Bool
    /// The display name, if the provider gave one.
    public let name: String?
    /// The language, as the provider writes it.
    public let locale: String?

    /// Makes an identity.
    public init(issuer: String, subject: String, email: String?, isEmailVerified: Bool, name: String?, locale: String?)
    {
        self.issuer = issuer
        self.subject = subject
        self.email = email
        self.isEmailVerified = isEmailVerified && email != nil
        self.name = name
        self.locale = locale
    }
}
