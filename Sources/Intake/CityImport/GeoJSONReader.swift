import Foundation
import Gazetteer

/// Takes the features of a GeoJSON FeatureCollection (RFC 7946) one by one, with the line on which each begins.
///
/// The features are separated by their braces before they are parsed, so that only a broken one is refused and only one
/// is in memory.
struct GeoJSONReader {
    /// One feature, or why it cannot be read.
    struct Feature {
        let line: Int
        let content: Result<RowFields, Fault>
    }

    /// What is wrong with a feature.
    struct Fault: Error {
        let reason: String
    }

    /// The longest feature that is read, bytes.
    static let longestFeature = 16_000_000

    private var scanner: JSONScanner
    private var isOpen = false

    init(_ bytes: [UInt8]) { self.init(ByteStream(bytes)) }

    init(_ stream: ByteStream) {
        scanner = JSONScanner(stream)
        scanner.maxMarked = Self.longestFeature
    }

    /// How many bytes have been read.
    var offset: Int { scanner.stream.offset }

    /// The line of the next byte.
    var line: Int { scanner.stream.line }

    /// Whether the file could not be read to its end.
    var hasFailed: Bool { scanner.stream.hasFailed }

    /// The next feature; nil at the end of the features.
    ///
    /// - Throws: `Fault` when the file is not a FeatureCollection or is cut off.
    mutating func next() throws(Fault) -> Feature? {
        if !isOpen { try open() }
        while let byte = scanner.stream.peek() {
            switch byte {
            case UInt8(ascii: "]"): return nil
            case UInt8(ascii: ","), 0x20, 0x09, 0x0A, 0x0D: _ = scanner.stream.next()
            default: return try element()
            }
        }
        throw Self.cutOff
    }

    private static let cutOff = Fault(reason: "the “features” array is never closed; the file looks cut off")

    // Moves past the bracket that opens the outermost "features" array.
    private mutating func open() throws(Fault) {
        var type: String?
        while let byte = scanner.next() {
            guard byte == UInt8(ascii: "\""), scanner.depth == 1, let name = scanner.string() else { continue }
            guard scanner.skip(UInt8(ascii: ":")) else { continue }
            if name == "features", scanner.skip(UInt8(ascii: "[")) {
                isOpen = true
                return
            }
            if name == "type", scanner.skip(UInt8(ascii: "\"")) { type = scanner.string() }
        }
        let found = type.map { "the file is a \($0.prefix(40)), and no" } ?? "not a GeoJSON FeatureCollection: no"
        throw Fault(reason: "\(found) “features” array was found; a FeatureCollection is needed")
    }

    private mutating func element() throws(Fault) -> Feature {
        let line = scanner.stream.line
        let isObject = scanner.stream.peek() == UInt8(ascii: "{")
        scanner.stream.setMark()
        defer { scanner.stream.liftMark() }
        scanner.hasOverrun = false
        let outside = scanner.depth
        repeat {
            // Anything that is not an object ends before the next comma or bracket.
            if !isObject, scanner.depth == outside, let byte = scanner.stream.peek(),
                [UInt8(ascii: ","), UInt8(ascii: "]")].contains(byte)
            {
                break
            }
            guard let byte = scanner.next() else { throw Self.cutOff }
            if byte == UInt8(ascii: "\""), scanner.string() == nil { throw Self.cutOff }
        } while !isObject || scanner.depth > outside
        if scanner.hasOverrun {
            let reason = "the feature is longer than \(Self.longestFeature / 1_000_000) MB"
            return Feature(line: line, content: .failure(Fault(reason: reason)))
        }
        guard isObject else {
            return Feature(line: line, content: .failure(Fault(reason: "an element of “features” is no Feature")))
        }
        do {
            return Feature(line: line, content: .success(try RowFields(Data(scanner.stream.marked))))
        } catch {
            return Feature(line: line, content: .failure(error))
        }
    }
}
