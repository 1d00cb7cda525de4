import Civic
import Testing

@Suite struct FileFormatTests {
    @Test(
        "Formats are recognized by their first bytes",
        arguments: [
            (FileFormat.jpeg, [0xFF, 0xD8, 0xFF, 0xE1]),
            (.png, [0x89] + Array("PNG\r\n\u{1A}\n".utf8)), (.webp, Array("RIFF\0\0\0\0WEBPVP8 ".utf8)),
            (.heic, Array("\0\0\0\u{18}ftypheic\0\0\0\0".utf8)), (.heic, Array("\0\0\0\u{18}ftypmif1".utf8)),
            (.cms, [0x30, 0x82, 0x0B, 0xB6]), (.cms, [0x30, 0x80]), (.cms, Array("MIILtgYJKoZIhvcN".utf8)),
            (.cms, Array("-----BEGIN CMS-----".utf8)), (.cms, Array("-----BEGIN PKCS7-----".utf8)),
            (nil, Array("-----BEGIN PRIVATE KEY-----".utf8)), (nil, [0x30, 0x05]),
            (.pdf, Array("%PDF-1.4".utf8)), (.docx, Array("PK\u{3}\u{4}".utf8)), (nil, []), (nil, [0xFF, 0xD8]),
            (nil, Array("GIF89a".utf8)), (nil, Array("PK\u{5}\u{6}".utf8)),
            (nil, Array("\0\0\0\u{18}ftypisom".utf8)), (nil, Array("RIFF\0\0\0\0WAVEfmt ".utf8)),
            (nil, Array("<svg xmlns=".utf8)), (nil, Array(" %PDF-1.4".utf8)),
        ] as [(FileFormat?, [UInt8])]
    )
    func formats(format: FileFormat?, prefix: [UInt8]) { #expect(FileFormat.of(prefix) == format) }
}
