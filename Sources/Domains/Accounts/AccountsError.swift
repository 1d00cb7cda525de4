/// What can go wrong in the accounts, apart from what a person typed.
public enum AccountsError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Too many passwords are being checked already; the next try may succeed.
    case busy
    /// Another process is writing to the store, as an import does; a later try may succeed.
    case storeBusy
    /// The store cannot be written: the disk is full, or its files are gone.
    case storeUnwritable(String)
    /// libsodium could not be set up, or refused what it was asked.
    case cryptography(String)
    /// A sealed value was made with a key that is not at hand.
    case unknownKey(id: String)
    /// A sealed value was changed, or is none.
    case brokenSeal
    /// The text of the keys is not what it must be.
    case malformedKeys(String)
    /// A setting that holds keys is not what it must be.
    case keySetting(name: String, reason: String)
    /// The keys that are set, or those of a file, open nothing of what the database holds sealed.
    case wrongKeys(place: String, count: Int)
    /// The file of the keys cannot be read or made, or others can read it.
    case keyFile(path: String, reason: String)
    /// The database depends on the keys of a file that is gone.
    case missingKeyFile(path: String)
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
        case .storeBusy: "another process is writing to the database; try again in a moment"
        case .storeUnwritable(let reason): "the database cannot be written: \(reason)"
        case .cryptography(let reason): "libsodium: \(reason)"
        case .unknownKey(let id):
            "a sealed value needs the secret key \(id); add it to OPENALMATY_SECRET_KEYS_OLD"
        case .brokenSeal: "a sealed value in the database is damaged"
        case .malformedKeys(let reason): "a secret key cannot be used: \(reason)"
        case .keySetting(let name, let reason):
            "\(name) cannot be used: \(reason); a key is 32 bytes in base64 (openssl rand -base64 32)"
        case .wrongKeys(let place, let count):
            "\(place) holds another key than the one with which the database was sealed: it opens none of its \(count) sealed "
                + "values. Put back the earlier key or your copy of the key file, or add the earlier key to "
                + "OPENALMATY_SECRET_KEYS_OLD. If every copy is lost, unset OPENALMATY_SECRET_KEY, move the key file away, and "
                + "run openalmaty keys create"
        case .keyFile(let path, let reason): "the key file \(path) cannot be used: \(reason)"
        case .missingKeyFile(let path):
            "the key file \(path) is missing, and the database holds accounts that were made with it. Put back your copy of "
                + "the file, set OPENALMATY_SECRET_KEY_FILE to where it is, or set OPENALMATY_SECRET_KEY to the key. If "
                + "every copy is lost, openalmaty keys create makes a new key and drops what the lost one sealed"
        case .forbidden(let permission): "this needs the permission \(permission.rawValue)"
        case .noSuchPerson: "there is no such account"
        case .malformedIdentity: "the provider gave an identity with a character that none can have"
        case .stillSealed(let count):
            "\(count) values are sealed with an older key; restart every server, then run this again"
        }
    }

    /// Whether nothing was saved because the store takes no writes at present.
    public var isOfStore: Bool {
        switch self {
        case .storeBusy, .storeUnwritable: true
        default: false
        }
    }
}
