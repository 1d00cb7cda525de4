/// The rules for the texts of a record, whether they come from a file or from an editor.
public enum RecordText {
    /// The longest text of a column, bytes.
    public static let longest = 10_000

    /// Checks that a text can be stored and shown.
    ///
    /// - Parameter field: the field that the text belongs to, for the error.
    /// - Throws: `RecordError.malformed` when it is too long, or has control characters other than tabs and line breaks, or
    ///   characters left behind by a faulty conversion of the encoding.
    public static func check(_ text: String, of field: String) throws(RecordError) {
        guard text.utf8.count <= longest else {
            throw .malformed(field: field, value: text, expected: "at most \(longest) bytes")
        }
        for byte in text.utf8 where byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D || byte == 0x7F {
            let code = String(byte, radix: 16, uppercase: true)
            let sign = "U+" + String(repeating: "0", count: 4 - code.count) + code
            throw .malformed(field: field, value: "…\(sign)…", expected: "text without control characters")
        }
        if text.unicodeScalars.contains("\u{FFFD}") {
            throw .malformed(field: field, value: text, expected: "text that no conversion has damaged (U+FFFD)")
        }
    }
}
