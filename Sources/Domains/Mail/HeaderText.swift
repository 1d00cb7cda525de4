import Foundation

/// Text in the header of a mail: checked, and encoded where ASCII does not do (RFC 2047).
enum HeaderText {
    /// Refuses what would end the field and begin another, or is no text at all.
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

    /// A name before an address.
    static func phrase(_ text: String, after column: Int) -> String {
        let isPlain =
            text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?") && text.utf8.count <= 60
        guard isPlain else { return encodedWords(text, after: column) }
        return "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    /// Text as encoded words, one a line; a character as people see it is never split where it fits into one.
    static func encodedWords(_ text: String, after column: Int) -> String {
        var words: [String] = []
        var word: [UInt8] = []
        for piece in pieces(text) {
            // Before the first word stands the field's name, before the others the space that folds the line.
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
    /// What fits into an encoded word of 75 characters on a line of its own.
    private static let largest = 45

    /// The characters, and of one too large for a word its parts.
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
