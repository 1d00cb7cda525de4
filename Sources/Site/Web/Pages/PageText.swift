import Mustache

/// Writes the values of a page as text of HTML.
///
/// The library's own way goes over characters as readers see them and looks each up in a dictionary, which was a
/// quarter of the making of a page.
struct PageText: MustacheContentType {
    /// The name under which templates ask for it.
    static let name = "PAGE"

    func escapeText(_ text: String) -> String { Self.escaped(text) }

    /// The text with `&`, `<`, `>` and both quotes written as entities (HTML, 13.1.2.3 and 13.3).
    static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { entity($0) != nil }) else { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 32)
        for byte in text.utf8 {
            if let entity = entity(byte) { bytes += entity.utf8 } else { bytes.append(byte) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func entity(_ byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }
}
