import CQRencode
import Foundation

/// A QR code (ISO/IEC 18004): a square of dark and light modules that a camera reads as text.
public struct QRCode: Sendable, Equatable {
    /// Light modules that the standard demands on every side.
    public static let quietZone = 4

    /// Modules of a side, without the quiet zone.
    public let size: Int
    private let modules: [Bool]

    /// Makes the smallest code of a text, in UTF-8; up to 15 % of it may be damaged.
    ///
    /// - Throws: `QRCodeError`.
    public init(_ text: String) throws(QRCodeError) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty else { throw .empty }
        errno = 0
        // Version 0 selects the smallest version that holds the bytes.
        guard let code = QRcode_encodeData(Int32(clamping: bytes.count), bytes, 0, QR_ECLEVEL_M) else {
            throw errno == ERANGE ? .tooLong : .notMade
        }
        defer { QRcode_free(code) }
        size = Int(code.pointee.width)
        modules = UnsafeBufferPointer(start: code.pointee.data, count: size * size).map { $0 & 1 == 1 }
    }

    /// Modules of a side of the picture, with the quiet zone.
    public var side: Int { size + 2 * Self.quietZone }

    /// Whether a module is dark; those outside the code are light.
    public func isDark(column: Int, row: Int) -> Bool {
        let range = 0..<size
        return range.contains(column) && range.contains(row) && modules[row * size + column]
    }

    /// The dark modules as the data of one SVG path, in a square of `side` units: a rectangle for each run in a row.
    public var path: String {
        var path = ""
        for row in 0..<size {
            var column = 0
            while column < size {
                guard isDark(column: column, row: row) else {
                    column += 1
                    continue
                }
                let start = column
                while isDark(column: column, row: row) { column += 1 }
                path += "M\(start + Self.quietZone) \(row + Self.quietZone)h\(column - start)v1h-\(column - start)z"
            }
        }
        return path
    }
}

/// Why no QR code can be made from a text.
public enum QRCodeError: Error, Equatable {
    /// There is nothing to encode.
    case empty
    /// The text does not fit into the largest code.
    case tooLong
    /// Memory ran out.
    case notMade
}
