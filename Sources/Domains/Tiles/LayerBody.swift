/// The features of one layer of a tile as they are written, and the keys and values they use.
///
/// A value that several features share gets its number in the tile when it first occurs; one that belongs to a single
/// feature gets the next number without a look-up. Values were encoded when the table was made, so writing them is
/// copying.
///
/// The struct manages its own memory without bounds checks for speed: a crowded tile is written in some tens of
/// nanoseconds per feature. Every write is preceded by `reserve`, which makes room for the longest message a feature
/// can become.
struct LayerBody: ~Copyable {
    private let table: PropertyTable
    private let shownKeys: [Bool]
    private var usedKeys: [UInt16] = []
    private let keyNumbers: UnsafeMutablePointer<Int32>
    private let sharedNumbers: UnsafeMutablePointer<Int32>
    /// The tags of the feature being written: key number, value number, and so on.
    private let tags: UnsafeMutablePointer<UInt32>
    private var features: UnsafeMutablePointer<UInt8>
    private var place: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private var values: UnsafeMutablePointer<UInt32>
    private var valueCount = 0
    private var valueCapacity: Int

    init(table: PropertyTable, shownKeys: [Bool]) {
        self.table = table
        self.shownKeys = shownKeys
        keyNumbers = .allocate(capacity: table.keys.count + 1)
        keyNumbers.initialize(repeating: -1, count: table.keys.count)
        sharedNumbers = .allocate(capacity: table.sharedCount + 1)
        sharedNumbers.initialize(repeating: -1, count: table.sharedCount)
        tags = .allocate(capacity: 2 * table.longestRow + 1)
        capacity = 4_096
        features = .allocate(capacity: capacity)
        place = features
        valueCapacity = 256
        values = .allocate(capacity: valueCapacity)
    }

    deinit {
        keyNumbers.deallocate()
        sharedNumbers.deallocate()
        tags.deallocate()
        features.deallocate()
        values.deallocate()
    }

    /// Adds the points that a tile shows.
    mutating func addPoints(_ level: TileLevel, _ entries: Range<Int>, column: Int, row: Int) {
        let (west, north) = (Int32(column) * TileGrid.extent, Int32(row) * TileGrid.extent)
        let points = level.points
        // MoveTo, and two numbers of at most three bytes each: a tile with its buffer is 4,224 units wide.
        reserve(features: entries.count, geometry: 7)
        let (places, xs, ys) = (level.entries.span, points.x.span, points.y.span)
        let (rows, ids) = (points.row.span, points.id.span)
        for entry in entries {
            let place = Int(places[entry])
            let (x, y) = (Protobuf.zigzag(xs[place] - west), Protobuf.zigzag(ys[place] - north))
            begin(
                row: Int(rows[place]),
                id: ids[place],
                type: 1,
                geometry: 1 + Protobuf.size(x) + Protobuf.size(y)
            )
            self.place = Protobuf.write(y, to: Protobuf.write(x, to: Protobuf.write(9, to: self.place)))
        }
    }

    /// Adds a feature with its drawing commands; does nothing if there are none.
    mutating func add(_ commands: [UInt64], type: UInt64, row: Int, id: UInt64) {
        guard !commands.isEmpty else { return }
        let length = commands.reduce(0) { $0 + Protobuf.size($1) }
        reserve(features: 1, geometry: length)
        begin(row: row, id: id, type: type, geometry: length)
        for command in commands { place = Protobuf.write(command, to: place) }
    }

    /// Writes a feature message up to its geometry: id, tags, type, and the geometry's length.
    private mutating func begin(row: Int, id: UInt64, type: UInt64, geometry: Int) {
        let count = number(row)
        var tagLength = 0
        for index in 0..<count { tagLength += Protobuf.size(UInt64(tags[index])) }
        let idLength = id == 0 ? 0 : 1 + Protobuf.size(id)
        let body =
            idLength + 1 + Protobuf.size(UInt64(tagLength)) + tagLength + 2 + 1 + Protobuf.size(UInt64(geometry))
            + geometry
        place = Protobuf.write(UInt64(body), to: Protobuf.write(2 << 3 | 2, to: place))
        if id != 0 { place = Protobuf.write(id, to: Protobuf.write(1 << 3, to: place)) }
        place = Protobuf.write(UInt64(tagLength), to: Protobuf.write(2 << 3 | 2, to: place))
        for index in 0..<count { place = Protobuf.write(UInt64(tags[index]), to: place) }
        place = Protobuf.write(type, to: Protobuf.write(3 << 3, to: place))
        place = Protobuf.write(UInt64(geometry), to: Protobuf.write(4 << 3 | 2, to: place))
    }

    /// Stores the key and value numbers of a row within this tile in `tags` and returns how many there are.
    private mutating func number(_ row: Int) -> Int {
        var count = 0
        for index in table.rows[row]..<table.rows[row + 1] {
            let entry = table.entries[index]
            let key = Int(entry.key)
            guard shownKeys[key] else { continue }
            if keyNumbers[key] < 0 {
                keyNumbers[key] = Int32(usedKeys.count)
                usedKeys.append(entry.key)
            }
            tags[count] = UInt32(keyNumbers[key])
            tags[count + 1] = number(ofValue: entry.value)
            count += 2
        }
        return count
    }

    private mutating func number(ofValue value: UInt32) -> UInt32 {
        let number = UInt32(valueCount)
        if Int(value) < table.sharedCount {
            let known = sharedNumbers[Int(value)]
            if known >= 0 { return UInt32(known) }
            sharedNumbers[Int(value)] = Int32(number)
        }
        values[valueCount] = value
        valueCount += 1
        return number
    }

    /// Makes room for features with that many bytes of geometry each.
    private mutating func reserve(features count: Int, geometry: Int) {
        // A varint of 32 bits takes five bytes; two of them for each property, and forty bytes for id, lengths and
        // field numbers.
        let needed = (place - features) + count * (geometry + 10 * table.longestRow + 40)
        if needed > capacity {
            let larger = max(needed, 2 * capacity)
            let room = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
            let used = place - features
            room.update(from: features, count: used)
            features.deallocate()
            (features, place, capacity) = (room, room + used, larger)
        }
        let neededValues = valueCount + count * table.longestRow
        if neededValues > valueCapacity {
            let larger = max(neededValues, 2 * valueCapacity)
            let room = UnsafeMutablePointer<UInt32>.allocate(capacity: larger)
            room.update(from: values, count: valueCount)
            values.deallocate()
            (values, valueCapacity) = (room, larger)
        }
    }

    /// Appends the whole layer message to a tile; does nothing if no feature was added.
    func appendLayer(_ name: String, to tile: inout [UInt8]) {
        guard place > features else { return }
        var head: [UInt8] = []
        head.appendField(15, varint: 2)
        head.appendField(1, name.utf8)
        head.appendField(5, varint: UInt64(TileGrid.extent))
        for key in usedKeys { head += table.encodedKeys[Int(key)] }
        var valueBytes = 0
        for index in 0..<valueCount { valueBytes += table.length(of: values[index]) }
        let length = head.count + (place - features) + valueBytes
        let before = tile
        tile = [UInt8](unsafeUninitializedCapacity: before.count + length + 16) { room, count in
            guard let start = room.baseAddress else { return }
            var end = Self.copy(before, to: start)
            end = Protobuf.write(UInt64(length), to: Protobuf.write(3 << 3 | 2, to: end))
            end = Self.copy(head, to: end)
            end.update(from: features, count: place - features)
            end = copyValues(to: end + (place - features))
            count = end - start
        }
    }

    private func copyValues(to start: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
        table.bytes.withUnsafeBufferPointer { bytes in
            guard let first = bytes.baseAddress else { return start }
            var end = start
            for index in 0..<valueCount {
                let value = Int(values[index])
                let offset = table.offsets[value]
                let length = table.offsets[value + 1] - offset
                end.update(from: first + offset, count: length)
                end += length
            }
            return end
        }
    }

    private static func copy(
        _ bytes: [UInt8],
        to place: UnsafeMutablePointer<UInt8>
    ) -> UnsafeMutablePointer<UInt8> {
        bytes.withUnsafeBufferPointer { source in
            guard let first = source.baseAddress else { return place }
            place.update(from: first, count: source.count)
            return place + source.count
        }
    }
}
