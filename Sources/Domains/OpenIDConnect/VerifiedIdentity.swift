/// Who a provider says a person is, checked.
///
/// A person is known by issuer and subject together; an e-mail address can change hands.
public struct VerifiedIdentity: Sendable, Equatable {
    /// Who says so, in one spelling.
    public let issuer: String
    /// The identifier of the person there; never given to another.
    public let subject: String
    /// The e-mail address, when the provider told one.
    public let email: String?
    /// Whether the provider says that the address is the person's.
    public let isEmailVerified: Bool
    /// The name to show, when the provider told one.
    public let name: String?
    /// The language, as the provider writes it.
    public let locale: String?

    /// Describes somebody.
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
