/// Recognises by their bytes files that are not UTF-8 text.
enum FileEncoding {
    private static let signatures: [(bytes: [UInt8], reason: String)] = [
        ([0xFF, 0xFE, 0x00, 0x00], "the text is UTF-32; save it as UTF-8"),
        ([0x00, 0x00, 0xFE, 0xFF], "the text is UTF-32; save it as UTF-8"),
        ([0xFF, 0xFE], "the text is UTF-16; save it as UTF-8"),
        ([0xFE, 0xFF], "the text is UTF-16; save it as UTF-8"),
        ([0x50, 0x4B, 0x03, 0x04], "the file is a ZIP archive or a workbook (.xlsx); save it as CSV"),
        ([0x1F, 0x8B], "the file is compressed; unpack it first"),
    ]

    /// Why bytes that are not UTF-8 cannot be read, with the encoding that they probably have and how to convert it.
    static func notUTF8(_ bytes: some Sequence<UInt8>) -> String {
        // Nearly all non-ASCII bytes of such a text are Cyrillic letters, small and capital.
        var windows = 0
        var dos = 0
        var all = 0
        for byte in bytes where byte >= 0x80 {
            all += 1
            if byte >= 0xC0 { windows += 1 }
            if (0x80...0xAF).contains(byte) || (0xE0...0xEF).contains(byte) { dos += 1 }
        }
        // A Kazakh text in KZ-1048 has some of its letters below 0xC0.
        if windows * 4 >= all * 3 {
            return
                "the text is not UTF-8 but probably Windows-1251 (with Kazakh letters KZ-1048): save it as UTF-8, or convert "
                + "it with iconv -f CP1251 -t UTF-8 (KZ-1048: iconv -f RK1048 -t UTF-8)"
        }
        if dos * 4 >= all * 3 {
            return
                "the text is not UTF-8 but probably CP866: save it as UTF-8, or convert it with iconv -f CP866 -t UTF-8"
        }
        return "the text is not UTF-8; save it as UTF-8"
    }

    /// - Throws: `CityImportError.malformed` naming what the file is instead.
    static func check(_ file: ImportFile) throws(CityImportError) {
        var stream = try file.stream()
        let start = Array(stream.ahead(64))
        for signature in signatures where start.starts(with: signature.bytes) {
            throw .malformed(file: file.name, line: 1, reason: signature.reason)
        }
        // UTF-16 without a byte order mark: every ASCII character has a zero byte beside it.
        let pairs = start.count / 2
        let zeros = (0..<pairs).map { (start[2 * $0] == 0, start[2 * $0 + 1] == 0) }
        guard pairs >= 4, zeros.count(where: { $0.0 != $0.1 }) * 2 > pairs else { return }
        throw .malformed(file: file.name, line: 1, reason: "the text is UTF-16; save it as UTF-8")
    }
}
