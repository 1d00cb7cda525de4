import Accounts
import HTTPTypes
import Hummingbird
import NIOCore

/// A submitted form: names with values, in the order they were sent.
///
/// Source: WHATWG URL Standard, application/x-www-form-urlencoded.
struct FormBody: Sendable {
    /// The largest body, bytes.
    static let largestBody = 65_536
    /// The most fields.
    static let mostFields = 64
    /// The longest name, bytes.
    ///
    /// A value may be as long as the body: its field reports what is too long and keeps what was typed.
    static let longestName = 100
    static let type = "application/x-www-form-urlencoded"

    private let pairs: [(name: String, value: String)]

    /// An empty form.
    init() { pairs = [] }

    /// A form from kept fields.
    init(_ fields: [FormDraft.Field]) { pairs = fields.map { ($0.name, $0.value) } }

    /// The fields that may be kept: no secrets, and nothing that is valid for one page only.
    var draft: [FormDraft.Field] {
        pairs.filter { !Self.secrets.contains($0.name) && $0.name != FormKeys.field }.map {
            FormDraft.Field(name: $0.name, value: $0.value)
        }
    }

    /// The names of passwords, codes and tickets; `FormField` requires every secret field to have one of them.
    static let secrets: Set<String> = [
        "password", "current", "code", CaptchaGate.codeField, CaptchaGate.ticketField, CaptchaGate.sendButton,
        "account_name", "altcha", "cf-turnstile-response", "g-recaptcha-response",
    ]

    /// Parses an encoded form.
    ///
    /// - Throws: `Problem.badRequest` when it is not a form, not UTF-8, or exceeds the limits.
    init(_ text: String) throws(Problem) {
        var pairs: [(name: String, value: String)] = []
        for pair in text.utf8.split(separator: UInt8(ascii: "&")) {
            guard pairs.count < Self.mostFields else { throw .badRequest([]) }
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decode(parts[0]), let value = Self.decode(parts.count == 2 ? parts[1] : "".utf8[...])
            else { throw .badRequest([]) }
            guard name.utf8.count <= Self.longestName else { throw .badRequest([]) }
            pairs.append((name, value))
        }
        self.pairs = pairs
    }

    /// Reads the form of a request.
    ///
    /// - Throws: `Problem` 415 for another media type, 413 for too large a body, 400 for a malformed form.
    static func read(_ request: Request) async throws -> FormBody {
        guard request.headers[.contentType].map(MediaType.essence) == Self.type else {
            throw Problem.unsupportedMediaType(expected: Self.type)
        }
        do {
            let body = try await request.body.collect(upTo: largestBody)
            guard let text = String(validating: body.readableBytesView, as: UTF8.self) else {
                throw Problem.badRequest([])
            }
            return try FormBody(text)
        } catch is NIOTooManyBytesError {
            throw Problem.tooLarge(limit: largestBody)
        }
    }

    /// The fields that a page may send again, with the form's token: everything but passwords, codes and tickets.
    var repeatable: [(name: String, value: String)] { pairs.filter { !Self.secrets.contains($0.name) } }

    /// The first value of a name, exactly as typed.
    func value(_ name: String) -> String? { pairs.first { $0.name == name }?.value }

    /// The first value of a name, trimmed of white space and invisible characters; nil when nothing is left.
    func trimmed(_ name: String) -> String? {
        guard let value = value(name) else { return nil }
        let kept = value.drop(while: Self.isBlank)
        let end = kept.lastIndex { !Self.isBlank($0) }
        return end.map { String(kept[...$0]) }
    }

    /// All values of a name.
    func values(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

    /// Whether a box is checked or a button was pressed.
    func has(_ name: String) -> Bool { pairs.contains { $0.name == name } }

    // White space, and invisible characters that come along when copying from a message.
    private static func isBlank(_ character: Character) -> Bool {
        character.isWhitespace
            || character.unicodeScalars.allSatisfy { $0.properties.generalCategory == .format || $0.value < 0x20 }
    }

    private static func decode(_ text: Substring.UTF8View) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            index = text.index(after: index)
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
                continue
            }
            guard let end = text.index(index, offsetBy: 2, limitedBy: text.endIndex),
                let digits = String(text[index..<end]), digits.utf8.allSatisfy({ $0.isHexDigit }),
                let decoded = UInt8(digits, radix: 16)
            else { return nil }
            bytes.append(decoded)
            index = end
        }
        // No valid text of ours has a zero byte, and it would end strings in C libraries.
        guard !bytes.contains(0) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate var isHexDigit: Bool {
        (0x30...0x39).contains(self) || (0x41...0x46).contains(self) || (0x61...0x66).contains(self)
    }
}
