/// What can go wrong in accounts, apart from invalid input and from `CivicError`.
public enum AccountsError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Too many passwords are being checked already; the next attempt may succeed.
    case busy
    /// The configured keys, or those of the key file, open none of the database's sealed values.
    case wrongKeys(place: String, count: Int)
    /// The person's account no longer exists.
    case noSuchPerson
    /// An identity from a provider cannot be stored as it is.
    case malformedIdentity
    /// Values are still sealed with keys other than the current one.
    case stillSealed(count: Int)
    /// Two features use the same name for a section of the personal data.
    case repeatedSection(String)

    /// The reason and what to do; never personal data.
    public var description: String {
        switch self {
        case .busy: "too many passwords are being checked; try again in a moment"
        case .wrongKeys(let place, let count):
            "\(place) holds another key than the one with which the database was sealed: it opens none of its \(count) sealed "
                + "values. Put back the earlier key or your copy of the key file, or add the earlier key to "
                + "OPENALMATY_SECRET_KEYS_OLD. If every copy is lost, unset OPENALMATY_SECRET_KEY, move the key file away, and "
                + "run openalmaty keys create"
        case .noSuchPerson: "there is no such account"
        case .malformedIdentity: "the provider gave an identity with a character that none can have"
        case .stillSealed(let count):
            "\(count) values are sealed with an older key; restart every server, then run this again"
        case .repeatedSection(let name): "two features export a section \(name) of the personal data"
        }
    }
}
