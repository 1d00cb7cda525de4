import Foundation

/// A format of files that forms can accept, recognized by the first bytes.
package enum FileFormat: String, Sendable, CaseIterable, Codable {
    case jpeg, png, webp, heic, pdf

    /// As many bytes of a file are needed to recognize it.
    static let prefixLength = 16

    /// The media type under which files of the format are served.
    package var mediaType: String { self == .pdf ? "application/pdf" : "image/\(rawValue)" }

    /// The usual name extensions, in lower case; the first one is for new names.
    package var extensions: [String] {
        switch self {
        case .jpeg: ["jpg", "jpeg", "jfif"]
        case .heic: ["heic", "heif"]
        default: [rawValue]
        }
    }

    /// The name that readers know the format by.
    package var label: String {
        switch self {
        case .webp: "WebP"
        default: rawValue.uppercased()
        }
    }

    /// The format of a file that begins with these bytes; nil for any other.
    static func of(_ prefix: some Collection<UInt8>) -> FileFormat? {
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
            }
        }
    }

    // ISO/IEC 23008-12, the brands of still images and their sequences.
    private static let heicBrands: Set = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"]
}
