import Civic

/// The parameters that the browser brings back from a provider's page, parsed but not yet verified.
public struct AuthorizationCallback: Sendable, CustomStringConvertible {
    /// The longest query that is read, in bytes.
    public static let longestQuery = 8192

    /// The one-time code.
    public let code: String?
    /// What was sent along; the key to the attempt.
    public let state: String?
    /// Who answers (RFC 9207).
    public let issuer: String?
    /// Why there is no code: letters, digits and `_` of what was sent, 64 at most, so that it can stand in a log.
    public let error: String?

    /// Takes the parameters one by one.
    public init(code: String?, state: String?, issuer: String? = nil, error: String? = nil) {
        self.code = code
        self.state = state
        self.issuer = issuer
        self.error = error.map(Self.plain)
    }

    /// Reads the query of the address that was called, without its question mark.
    ///
    /// - Throws: `OpenIDError.tooLarge`; `.malformed` also when a parameter comes twice, which RFC 6749, 3.1 forbids.
    public init(query: String) throws(OpenIDError) {
        guard query.utf8.count <= Self.longestQuery else {
            throw .tooLarge(what: "returning query", limit: Self.longestQuery)
        }
        guard let fields = FormText.fields(of: query) else { throw .malformed(what: "returning query") }
        func one(_ name: String) throws(OpenIDError) -> String? {
            let values = fields.filter { $0.name == name }.map(\.value)
            guard values.count <= 1 else { throw .malformed(what: "returning query") }
            return values.first.flatMap { $0.isEmpty ? nil : $0 }
        }
        code = try one("code")
        state = try one("state")
        issuer = try one("iss")
        error = try one("error").map(Self.plain)
    }

    // Anybody can craft such a link, so the text must not be able to add a line to the log or pass for our own words.
    private static func plain(_ text: String) -> String {
        let kept = text.utf8.lazy.filter { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        return kept.isEmpty ? "unreadable" : String(decoding: kept.prefix(64), as: UTF8.self)
    }

    /// The kind of answer, without its contents.
    public var description: String { error == nil ? "returning with a code" : "returning with an error" }
}
