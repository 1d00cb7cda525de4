/// Recognises by their first bytes files that are not UTF-8 text.
enum FileEncoding {
    private static let signatures: [(bytes: [UInt8], reason: String)] = [
        ([0xFF, 0xFE, 0x00, 0x00], "the text is UTF-32; save it as UTF-8"),
        ([0x00, 0x00, 0xFE, 0xFF], "the text is UTF-32; save it as UTF-8"),
        ([0xFF, 0xFE], "the text is UTF-16; save it as UTF-8"),
        ([0xFE, 0xFF], "the text is UTF-16; save it as UTF-8"),
        ([0x50, 0x4B, 0x03, 0x04], "the file is a ZIP archive or a workbook (.xlsx); save it as CSV"),
        ([0x1F, 0x8B], "the file is compressed; unpack it first"),
    ]

    /// - Throws: `IngestError.malformed` naming what the file is instead.
    static func check(_ file: ImportFile) throws(IngestError) {
        var stream = try file.stream()
        let start = Array(stream.ahead(64))
        for signature in signatures where start.starts(with: signature.bytes) {
            throw .malformed(file: file.name, line: 1, reason: signature.reason)
        }
        // UTF-16 without its mark: each Latin letter or sign has a zero byte beside it.
        let pairs = start.count / 2
        let zeros = (0..<pairs).map { (start[2 * $0] == 0, start[2 * $0 + 1] == 0) }
        guard pairs >= 4, zeros.count(where: { $0.0 != $0.1 }) * 2 > pairs else { return }
        throw .malformed(file: file.name, line: 1, reason: "the text is UTF-16; save it as UTF-8")
    }
}
