import Foundation

/// Text in the header of a mail: checked, and encoded where it is not ASCII (RFC 2047).
enum HeaderText {
    /// Rejects characters that would end the field and begin another one, and control characters.
    ///
    /// - Throws: `MailError.unsafeHeader`.
    static func check(_ text: String, field: String) throws(MailError) {
        let isSafe = text.unicodeScalars.allSatisfy { scalar in
            scalar.properties.generalCategory != .control && scalar != "\u{2028}" && scalar != "\u{2029}"
        }
        if !isSafe { throw .unsafeHeader(field: field) }
    }

    /// A field whose value is free text, folded so that no line is longer than 76 characters.
    static func field(_ name: String, _ text: String) throws(MailError) -> String {
        try check(text, field: name)
        let start = "\(name): "
        let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?")
        let isBare = isPlain && start.utf8.count + text.utf8.count <= lineLimit && text == text.trimmed
        return start + (isBare ? text : encodedWords(text, after: start.utf8.count)) + "\r\n"
    }

    /// A display name before an address.
    static func phrase(_ text: String, after column: Int) -> String {
        let isPlain =
            text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?") && text.utf8.count <= 60
        guard isPlain else { return encodedWords(text, after: column) }
        return "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    /// Text as encoded words, one per line; a user-perceived character is not split if it fits into one.
    static func encodedWords(_ text: String, after column: Int) -> String {
        var words: [String] = []
        var word: [UInt8] = []
        for piece in pieces(text) {
            // The field's name precedes the first word; the space that folds the line precedes the others.
            let room = (lineLimit - (words.isEmpty ? column : 1) - wrapping) / 4 * 3
            if !word.isEmpty, word.count + piece.count > room {
                words.append(encodedWord(word))
                word = []
            }
            word += piece
        }
        return (words + [encodedWord(word)]).joined(separator: "\r\n ")
    }

    private static let lineLimit = 76
    private static let wrapping = "=?UTF-8?B??=".utf8.count
    /// The bytes that fit into an encoded word of 75 characters on a line of its own.
    private static let largest = 45

    /// The characters; one that is too long for a word is split into its parts.
    private static func pieces(_ text: String) -> [[UInt8]] {
        text.flatMap { character -> [[UInt8]] in
            let bytes = Array(character.utf8)
            return bytes.count <= largest ? [bytes] : character.unicodeScalars.map { Array(String($0).utf8) }
        }
    }

    private static func encodedWord(_ bytes: [UInt8]) -> String { "=?UTF-8?B?\(Data(bytes).base64EncodedString())?=" }
}

extension String {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
