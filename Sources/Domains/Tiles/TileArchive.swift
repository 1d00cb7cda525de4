public import Geo

/// All tiles of a tileset in one file, which any web server or object store can serve by range requests.
///
/// Source: PMTiles version 3, github.com/protomaps/PMTiles, spec/v3. Tiles are stored in the order of the Hilbert
/// curve, and identical tiles only once.
public struct TileArchive {
    /// Packs bytes as gzip; nil when that fails.
    public typealias Packing = ([UInt8]) -> [UInt8]?

    private struct Entry {
        let id: UInt64
        var run: UInt64
        let length: UInt64
        let offset: UInt64
    }

    private static let headerLength = 127
    /// The limit in bytes for the header and the root directory together.
    private static let rootLimit = 16_384
    private static let leafEntries = 4_096

    private var entries: [Entry] = []
    private var contents: [UInt8] = []
    private var count = 0
    private var distinct = 0

    /// Gathers tiles.
    ///
    /// - Parameter tiles: the tiles, each packed as gzip.
    public init(_ tiles: [(tile: TileCoordinate, packed: [UInt8])]) {
        count = tiles.count
        var places: [[UInt8]: UInt64] = [:]
        let ordered = tiles.map { (id: Self.id($0.tile), packed: $0.packed) }.sorted { $0.id < $1.id }
        for tile in ordered {
            let offset = places[tile.packed] ?? UInt64(contents.count)
            if places[tile.packed] == nil {
                places[tile.packed] = offset
                contents += tile.packed
                distinct += 1
            }
            if let last = entries.last, last.offset == offset, last.id + last.run == tile.id {
                entries[entries.count - 1].run += 1
            } else {
                entries.append(Entry(id: tile.id, run: 1, length: UInt64(tile.packed.count), offset: offset))
            }
        }
    }

    /// The contents of the file.
    ///
    /// - Parameters:
    ///   - metadata: JSON with `vector_layers`.
    ///   - zooms: the zooms that have tiles.
    ///   - bounds: the box around everything shown, WGS 84 degrees.
    /// - Returns: nil when `pack` fails.
    public func bytes(
        metadata: [UInt8],
        zooms: ClosedRange<Int>,
        bounds: BoundingBox,
        pack: Packing
    ) -> [UInt8]? {
        guard let metadata = pack(metadata), let (root, leaves) = directories(pack) else { return nil }
        var file: [UInt8] = Array("PMTiles".utf8) + [3]
        var offset = UInt64(Self.headerLength)
        for section in [root.count, metadata.count, leaves.count, contents.count] {
            file.appendFixed(offset)
            file.appendFixed(UInt64(section))
            offset += UInt64(section)
        }
        for number in [count, entries.count, distinct] { file.appendFixed(UInt64(number)) }
        // Clustered; directories and tiles packed with gzip; Mapbox Vector Tiles.
        file += [1, 2, 2, 1, UInt8(zooms.lowerBound), UInt8(zooms.upperBound)]
        for degrees in [bounds.west, bounds.south, bounds.east, bounds.north] { file.appendFixed(Self.fixed(degrees)) }
        file.append(UInt8(min(zooms.upperBound, max(zooms.lowerBound, 12))))
        for degrees in [bounds.center.longitude, bounds.center.latitude] { file.appendFixed(Self.fixed(degrees)) }
        return file + root + metadata + leaves + contents
    }

    private func directories(_ pack: Packing) -> (root: [UInt8], leaves: [UInt8])? {
        guard let whole = pack(Self.directory(entries)) else { return nil }
        if whole.count + Self.headerLength <= Self.rootLimit { return (whole, []) }
        var (leaves, pointers) = ([UInt8](), [Entry]())
        var start = 0
        while start < entries.count {
            let part = Array(entries[start..<min(start + Self.leafEntries, entries.count)])
            guard let leaf = pack(Self.directory(part)) else { return nil }
            // A run length of 0 marks an entry that points to a leaf directory.
            pointers.append(Entry(id: part[0].id, run: 0, length: UInt64(leaf.count), offset: UInt64(leaves.count)))
            leaves += leaf
            start += part.count
        }
        return pack(Self.directory(pointers)).map { ($0, leaves) }
    }

    private static func directory(_ entries: [Entry]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendVarint(UInt64(entries.count))
        var last: UInt64 = 0
        for entry in entries {
            bytes.appendVarint(entry.id - last)
            last = entry.id
        }
        for entry in entries { bytes.appendVarint(entry.run) }
        for entry in entries { bytes.appendVarint(entry.length) }
        for (index, entry) in entries.enumerated() {
            let follows = index > 0 && entry.offset == entries[index - 1].offset + entries[index - 1].length
            bytes.appendVarint(follows ? 0 : entry.offset + 1)
        }
        return bytes
    }

    /// A tile's number: the count of all tiles of lower zooms plus its position on the Hilbert curve of its own zoom.
    static func id(_ tile: TileCoordinate) -> UInt64 {
        var (x, y) = (UInt64(tile.column), UInt64(tile.row))
        var id: UInt64 = (0..<tile.zoom).reduce(0) { sum, _ in sum * 4 + 1 }
        for level in stride(from: tile.zoom - 1, through: 0, by: -1) {
            let side: UInt64 = 1 << UInt64(level)
            let (right, down) = (x & side != 0, y & side != 0)
            let quarter: UInt64 = right ? (down ? 2 : 3) : (down ? 1 : 0)
            id += quarter * side * side
            if !down {
                if right { (x, y) = (side - 1 &- x, side - 1 &- y) }
                (x, y) = (y, x)
            }
        }
        return id
    }

    private static func fixed(_ degrees: Double) -> Int32 { Int32((degrees * 1e7).rounded()) }
}

extension [UInt8] {
    fileprivate mutating func appendFixed(_ value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}
