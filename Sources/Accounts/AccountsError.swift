/// What can go wrong in the accounts, apart from what a person typed.
public enum AccountsError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Too many passwords are being checked already; the next try may succeed.
    case busy
    /// libsodium could not be set up, or refused what it was asked.
    case cryptography(String)
    /// A sealed value was made with a key that is not at hand.
    case unknownKey(id: String)
    /// A sealed value was changed, or is none.
    case brokenSeal
    /// The text of the keys is not what it must be.
    case malformedKeys(String)
    /// The file of the keys cannot be read or made, or others can read it.
    case keyFile(path: String, reason: String)
    /// The one who asks may not do this.
    case forbidden(Permission)
    /// There is no such person any more.
    case noSuchPerson
    /// What a provider said of somebody cannot be stored as it is.
    case malformedIdentity
    /// Values are still sealed with other keys than the current one.
    case stillSealed(count: Int)

    /// The reason and what to do; never personal data.
    public var description: String {
        switch self {
        case .busy: "too many passwords are being checked; try again in a moment"
        case .cryptography(let reason): "libsodium: \(reason)"
        case .unknownKey(let id):
            "a sealed value needs the secret key \(id); add it to OPENALMATY_SECRET_KEYS_OLD"
        case .brokenSeal: "a sealed value in the database is damaged"
        case .malformedKeys(let reason): "the secret key cannot be used: \(reason)"
        case .keyFile(let path, let reason): "the key file \(path) cannot be used: \(reason)"
        case .forbidden(let permission): "this needs the permission \(permission.rawValue)"
        case .noSuchPerson: "there is no such account"
        case .malformedIdentity: "the provider gave an identity with a character that none can have"
        case .stillSealed(let count):
            "\(count) values are sealed with an older key; restart every server, then run this again"
        }
    }
}
