/// The properties of a layer's features, with every value encoded once for all tiles.
///
/// A row is one feature's list of (key, value) numbers. Values that several rows share come first, so a tile needs a
/// table of "already written" values for those alone; the rest can be written without a look-up.
struct PropertyTable: Sendable {
    /// One property of a row.
    struct Entry: Sendable {
        let key: UInt16
        var value: UInt32
    }

    /// The names of the fields.
    private(set) var keys: [String] = []
    /// Each key's name as an encoded field of the layer message.
    private(set) var encodedKeys: [[UInt8]] = []
    /// The encoded values, one after the other, each as a field of the layer message.
    private(set) var bytes: [UInt8] = []
    /// Where each value starts in `bytes`, plus the end of the last one.
    private(set) var offsets: [Int] = [0]
    /// The entries of all rows.
    private(set) var entries: [Entry] = []
    /// Where each row starts in `entries`, plus the end of the last one.
    private(set) var rows: [Int] = [0]
    /// Values with a number below this occur more than once.
    private(set) var sharedCount = 0
    /// The number of entries in the longest row.
    private(set) var longestRow = 0
    /// A digest of the names and values of each row.
    private(set) var digests: [UInt64] = []

    private var keyNumbers: [String: UInt16] = [:]
    private var valueNumbers: [TileValue: UInt32] = [:]
    private var values: [TileValue] = []
    private var uses: [Int] = []

    init() {}

    /// Adds a row, with its properties ordered by name, and returns its number.
    mutating func add(_ properties: some Sequence<(key: String, value: TileValue)>) -> Int {
        var digest = TileDigest()
        for property in properties.sorted(by: { $0.key < $1.key }) {
            let value = number(of: property.value)
            uses[Int(value)] += 1
            entries.append(Entry(key: number(of: property.key), value: value))
            digest.add(property.key.utf8)
            digest.add(Self.encoded(property.value))
        }
        longestRow = max(longestRow, entries.count - rows[rows.count - 1])
        rows.append(entries.count)
        digests.append(digest.value)
        return rows.count - 2
    }

    /// Puts shared values first and encodes all of them; to be called once, after the last row.
    mutating func finish() {
        let order = values.indices.sorted { (uses[$0] > 1 ? 0 : 1, $0) < (uses[$1] > 1 ? 0 : 1, $1) }
        var renumbered = [UInt32](repeating: 0, count: values.count)
        for (new, old) in order.enumerated() {
            renumbered[old] = UInt32(new)
            bytes.appendField(4, Self.encoded(values[old]))
            offsets.append(bytes.count)
        }
        for index in entries.indices { entries[index].value = renumbered[Int(entries[index].value)] }
        sharedCount = uses.count { $0 > 1 }
        encodedKeys = keys.map { key in
            var field: [UInt8] = []
            field.appendField(3, key.utf8)
            return field
        }
        (values, uses, valueNumbers) = ([], [], [:])
    }

    /// The length of an encoded value in bytes.
    func length(of value: UInt32) -> Int { offsets[Int(value) + 1] - offsets[Int(value)] }

    private mutating func number(of key: String) -> UInt16 {
        if let number = keyNumbers[key] { return number }
        let number = UInt16(keys.count)
        keys.append(key)
        keyNumbers[key] = number
        return number
    }

    private mutating func number(of value: TileValue) -> UInt32 {
        if let number = valueNumbers[value] { return number }
        let number = UInt32(values.count)
        values.append(value)
        uses.append(0)
        valueNumbers[value] = number
        return number
    }

    /// The value message of the Mapbox Vector Tile specification 2.1, §4.4.
    private static func encoded(_ value: TileValue) -> [UInt8] {
        var message: [UInt8] = []
        switch value {
        case .text(let text): message.appendField(1, text.utf8)
        case .decimal(let number):
            message.append(3 << 3 | 1)
            withUnsafeBytes(of: number.bitPattern.littleEndian) { message.append(contentsOf: $0) }
        case .number(let number) where number >= 0: message.appendField(5, varint: UInt64(number))
        case .number(let number):
            message.appendField(6, varint: UInt64(bitPattern: Int64((number << 1) ^ (number >> (Int.bitWidth - 1)))))
        case .flag(let flag): message.appendField(7, varint: flag ? 1 : 0)
        }
        return message
    }
}
