import Foundation

/// A body as ASCII lines of at most 76 characters (RFC 2045), in the shorter of the two encodings.
struct BodyText {
    /// The name for Content-Transfer-Encoding.
    let encoding: String
    /// The lines with CR LF between them.
    let lines: String

    /// Encodes text; its line ends become CR LF.
    init(_ text: String) {
        let lines = Self.split(text)
        let quoted = lines.map(Self.quotedPrintable).joined(separator: "\r\n")
        let plain = Data(lines.joined(separator: "\r\n").utf8)
        if quoted.utf8.count <= plain.count / 3 * 4 {
            (encoding, self.lines) = ("quoted-printable", quoted)
        } else {
            let base64 = plain.base64EncodedString(options: [
                .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
            ])
            (encoding, self.lines) = ("base64", base64)
        }
    }

    /// The lines, with any kind of line end; the last one is empty when the text ends with a line end.
    private static func split(_ text: String) -> [String] {
        // CR LF is one `Character` in Swift.
        text.split(omittingEmptySubsequences: false) { $0 == "\r\n" || $0 == "\n" || $0 == "\r" }.map(String.init)
    }

    /// One line (RFC 2045 §6.7): bytes other than printable ASCII are written as their codes, and so is a space at the end.
    private static func quotedPrintable(_ line: String) -> String {
        var text = ""
        var column = 0
        let bytes = Array(line.utf8)
        for (index, byte) in bytes.enumerated() {
            let isLast = index == bytes.count - 1
            let isBare =
                (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=") || byte == UInt8(ascii: " ") && !isLast
            let piece = isBare ? String(UnicodeScalar(byte)) : "=" + hexadecimal(byte)
            // Leave room for the soft line break.
            if column + piece.utf8.count > 75 {
                text += "=\r\n"
                column = 0
            }
            text += piece
            column += piece.utf8.count
        }
        return text
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count == 1 ? "0" + digits : digits
    }
}
