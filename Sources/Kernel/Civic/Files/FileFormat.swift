import Foundation

/// A format of files that people can send, recognized by the first bytes.
public enum FileFormat: String, Sendable, CaseIterable, Codable {
    /// Pictures; HEIC is what phones of Apple take.
    case jpeg, png, webp, heic
    /// Pages of a printed document.
    case pdf
    /// A document of Office Open XML; its first bytes are those of any ZIP archive, so its content must be looked at as well.
    case docx
    /// A signature as a CMS message (RFC 5652): DER or BER, PEM, or base64.
    case cms

    /// As many bytes of a file are needed to recognize it.
    public static let prefixLength = 16

    /// The media type under which files of the format are served.
    public var mediaType: String {
        switch self {
        case .jpeg, .png, .webp, .heic: "image/\(rawValue)"
        case .pdf: "application/pdf"
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .cms: "application/pkcs7-signature"
        }
    }

    /// Whether it is a picture.
    public var isImage: Bool {
        switch self {
        case .jpeg, .png, .webp, .heic: true
        case .pdf, .docx, .cms: false
        }
    }

    /// The usual name extensions, in lower case; the first one is for new names.
    public var extensions: [String] {
        switch self {
        case .jpeg: ["jpg", "jpeg", "jfif"]
        case .heic: ["heic", "heif"]
        case .cms: ["p7s", "cms", "p7m", "sig"]
        default: [rawValue]
        }
    }

    /// The name that readers know the format by.
    public var label: String {
        switch self {
        case .webp: "WebP"
        default: rawValue.uppercased()
        }
    }

    /// The format of a file that begins with these bytes; nil for any other.
    public static func of(_ prefix: some Collection<UInt8>) -> FileFormat? {
        let bytes = Array(prefix.prefix(prefixLength))
        return allCases.first { format in
            switch format {
            case .jpeg: bytes.starts(with: [0xFF, 0xD8, 0xFF])
            case .png: bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
            case .webp: bytes.starts(with: "RIFF".utf8) && bytes.dropFirst(8).starts(with: "WEBP".utf8)
            case .heic:
                bytes.dropFirst(4).starts(with: "ftyp".utf8)
                    && heicBrands.contains(String(decoding: bytes.dropFirst(8).prefix(4), as: UTF8.self))
            case .pdf: bytes.starts(with: "%PDF-".utf8)
            case .docx: bytes.starts(with: [0x50, 0x4B, 0x03, 0x04])
            case .cms: isMessage(bytes)
            }
        }
    }

    // A SEQUENCE with a length of several bytes or an indefinite one; the same in base64; or the begin of PEM (RFC 7468).
    private static func isMessage(_ bytes: [UInt8]) -> Bool {
        guard bytes.count > 1 else { return false }
        let isSequence = bytes[0] == 0x30 && (0x80...0x84).contains(bytes[1])
        return isSequence || bytes.starts(with: "MI".utf8) || bytes.starts(with: "-----BEGIN CMS-".utf8)
            || bytes.starts(with: "-----BEGIN PKCS7".utf8)
    }

    // ISO/IEC 23008-12, the brands of still images and their sequences.
    private static let heicBrands: Set = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"]
}
