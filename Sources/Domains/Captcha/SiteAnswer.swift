import Foundation

/// The answer of a siteverify endpoint.
struct SiteAnswer: Decodable {
    let success: Bool
    let hostname: String?
    let codes: [String]

    private enum CodingKeys: String, CodingKey {
        case success
        case hostname
        case codes = "error-codes"
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        success = try fields.decode(Bool.self, forKey: .success)
        hostname = try fields.decodeIfPresent(String.self, forKey: .hostname)
        codes = try fields.decodeIfPresent([String].self, forKey: .codes) ?? []
    }

    /// What the codes of a refusal mean for the person who sent the response.
    ///
    /// - Throws: `CaptchaError.refused` for codes that stand for an error of the operator or the service, and for unknown ones.
    func refusal(by host: String) throws(CaptchaError) -> CaptchaVerdict {
        let known: [String: CaptchaVerdict] = [
            "missing-input-response": .missing,
            "invalid-input-response": .wrong,
            // Both services use this one code for used and for expired responses.
            "timeout-or-duplicate": .expired,
        ]
        guard codes.allSatisfy({ known[$0] != nil }) else {
            throw .refused(host: host, codes: codes.prefix(5).map(CaptchaError.plain))
        }
        return codes.lazy.compactMap { known[$0] }.first ?? .wrong
    }
}

extension CaptchaError {
    /// A text from outside, shortened and cleaned so that it can be logged.
    static func plain(_ text: String) -> String {
        String(
            text.unicodeScalars.prefix(64).map { scalar in
                let isPlain =
                    scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                    || ".-_:".unicodeScalars.contains(scalar)
                return isPlain ? Character(scalar) : "?"
            }
        )
    }
}
