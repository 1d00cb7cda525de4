/// What can go wrong in what the people-facing domains share: secret keys, sealed values, permissions and their stores,
/// and the work calendar.
public enum CivicError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Another process is writing to the store; a later attempt may succeed.
    case storeBusy
    /// The store cannot be written: the disk is full, or its files are gone.
    case storeUnwritable(String)
    /// libsodium could not be initialised, or a call to it failed.
    case cryptography(String)
    /// A sealed value was made with a key that is not available.
    case unknownKey(id: String)
    /// A sealed value was changed, or is not one.
    case brokenSeal
    /// The text of the keys is malformed.
    case malformedKeys(String)
    /// A setting that holds keys is malformed.
    case keySetting(name: String, reason: String)
    /// The key file cannot be read or created, or others can read it.
    case keyFile(path: String, reason: String)
    /// The database depends on the keys of a file that is gone.
    case missingKeyFile(path: String)
    /// The person may not do this.
    case forbidden(Permission)
    /// Working days of a year without a work calendar were asked for; `known` are the years that have one.
    case noWorkCalendar(year: Int, known: [Int])

    /// The reason and what to do; never personal data.
    public var description: String {
        switch self {
        case .storeBusy: "another process is writing to the database; try again in a moment"
        case .storeUnwritable(let reason): "the database cannot be written: \(reason)"
        case .cryptography(let reason): "libsodium: \(reason)"
        case .unknownKey(let id):
            "a sealed value needs the secret key \(id); add it to OPENALMATY_SECRET_KEYS_OLD"
        case .brokenSeal: "a sealed value in the database is damaged"
        case .malformedKeys(let reason): "a secret key cannot be used: \(reason)"
        case .keySetting(let name, let reason):
            "\(name) cannot be used: \(reason); a key is 32 bytes in base64 (openssl rand -base64 32)"
        case .keyFile(let path, let reason): "the key file \(path) cannot be used: \(reason)"
        case .missingKeyFile(let path):
            "the key file \(path) is missing, and the database holds accounts that were made with it. Put back your copy of "
                + "the file, set OPENALMATY_SECRET_KEY_FILE to where it is, or set OPENALMATY_SECRET_KEY to the key. If "
                + "every copy is lost, openalmaty keys create makes a new key and drops what the lost one sealed"
        case .forbidden(let permission): "this needs the permission \(permission.rawValue)"
        case .noWorkCalendar(let year, let known):
            "there is no work calendar for \(year), only for \(known.map(String.init).joined(separator: ", ")); add the "
                + "holidays, moved days off and worked weekends of that year to data/work_calendar.csv"
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
