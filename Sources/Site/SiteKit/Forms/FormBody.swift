import Civic
import HTTPTypes
package import Hummingbird
import NIOCore

/// A submitted form: names with values, in the order they were sent.
///
/// Source: WHATWG URL Standard, application/x-www-form-urlencoded; RFC 7578, multipart/form-data.
package struct FormBody: Sendable {
    /// The largest body without files, bytes.
    package static let largestBody = 65_536
    /// The maximum number of fields.
    package static let maxFields = 64
    /// The longest name, bytes.
    ///
    /// A value may be as long as the body: its field reports what is too long and keeps what was typed.
    package static let longestName = 100
    /// The media type of a form without files.
    package static let type = "application/x-www-form-urlencoded"

    private let pairs: [(name: String, value: String)]
    /// The files that came with the form; they are deleted when the request ends unless they are moved away.
    package let files: [UploadedFile]
    /// The files that were not accepted.
    package let fileFaults: [FileFault]
    /// Whether files were dropped because the CSRF token did not come before them.
    let isWithheld: Bool
    /// Whether the form brought files, accepted or not.
    package let hasFiles: Bool
    /// Whether reading ended before the end of the body, because it is too large.
    package private(set) var isCut = false
    /// The maximum size of all files together, in bytes, including those that came with an earlier submission.
    var maxFileBytes = Int.max

    /// An empty form.
    package init() { self.init([]) }

    /// A form from its fields.
    package init(_ fields: [(name: String, value: String)]) { self.init(fields, files: []) }

    init(
        _ fields: [(name: String, value: String)],
        files: [UploadedFile],
        faults: [FileFault] = [],
        isWithheld: Bool = false,
        hasFiles: Bool = false
    ) {
        (pairs, self.files, fileFaults) = (fields, files, faults)
        (self.isWithheld, self.hasFiles) = (isWithheld, hasFiles)
    }

    /// The form as far as it was read, when the body is too large.
    var cut: FormBody {
        var copy = self
        copy.isCut = true
        return copy
    }

    /// The names of passwords, codes and tickets; `FormField` requires every secret field to have one of them.
    package static let secrets: Set<String> = [
        "password", "current", "code", "mailed_code", "code_ticket", "send_code",
        "account_name", "altcha", "cf-turnstile-response", "g-recaptcha-response",
    ]

    /// Parses an encoded form.
    ///
    /// - Throws: `Problem.badRequest` when it is not a form, not UTF-8, or exceeds the limits.
    package init(_ text: String) throws(Problem) {
        var pairs: [(name: String, value: String)] = []
        for pair in text.utf8.split(separator: UInt8(ascii: "&")) {
            guard pairs.count < Self.maxFields else { throw .badRequest([]) }
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decode(parts[0]), let value = Self.decode(parts.count == 2 ? parts[1] : "".utf8[...])
            else { throw .badRequest([]) }
            guard name.utf8.count <= Self.longestName else { throw .badRequest([]) }
            pairs.append((name, value))
        }
        self.init(pairs)
    }

    /// Reads the urlencoded form of a request.
    ///
    /// - Throws: `Problem` 415 for another media type, 413 for too large a body, 400 for a malformed form.
    static func read(_ request: Request) async throws -> FormBody {
        guard request.headers[.contentType].map(MediaType.essence) == Self.type else {
            throw Problem.unsupportedMediaType(expected: Self.type)
        }
        try request.checkAnnouncedLength(atMost: largestBody)
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

    /// The fields that a page may send again: everything but passwords, codes and tickets.
    ///
    /// The token is among them unless the form had files, which are lost: sending the form again then leads back to it.
    package var repeatable: [(name: String, value: String)] {
        pairs.filter { !Self.secrets.contains($0.name) && (!hasFiles || $0.name != CSRFTokens.field) }
    }

    /// The first value of a name, exactly as typed.
    package func value(_ name: String) -> String? { pairs.first { $0.name == name }?.value }

    /// The first value of a name, trimmed of white space and invisible characters; nil when nothing is left.
    package func trimmed(_ name: String) -> String? {
        guard let value = value(name) else { return nil }
        let kept = value.drop(while: Self.isBlank)
        let end = kept.lastIndex { !Self.isBlank($0) }
        return end.map { String(kept[...$0]) }
    }

    /// All values of a name.
    package func values(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

    /// The files of a field.
    package func files(_ name: String) -> [UploadedFile] { files.filter { $0.field == name } }

    /// Whether a box is checked or a button was pressed.
    package func has(_ name: String) -> Bool { pairs.contains { $0.name == name } }

    // White space, and invisible characters that come along when copying from a message.
    private static func isBlank(_ character: Character) -> Bool {
        character.isWhitespace
            || character.unicodeScalars.allSatisfy { $0.properties.generalCategory == .format || $0.value < 0x20 }
    }

    // No valid text of ours has a zero byte, and it would end strings in C libraries.
    private static func decode(_ text: Substring.UTF8View) -> String? {
        PercentDecoding.component(text).flatMap { $0.utf8.contains(0) ? nil : $0 }
    }
}
