/// The tags of an element in the order in which they were set, within the limits of OpenStreetMap.
struct OSMTags: Sendable, Equatable {
    /// A key with its value.
    struct Tag: Sendable, Equatable {
        let key: String
        let value: String
    }

    /// The longest value that OpenStreetMap and its tools accept, in Unicode scalars.
    static let longestValue = 255

    private(set) var all: [Tag] = []

    init(_ pairs: [(String, String?)] = []) {
        for (key, value) in pairs { self[key] = value }
    }

    /// The value of a key; setting nil or the empty text removes it, and a value that is too long is cut.
    subscript(key: String) -> String? {
        get { all.first { $0.key == key }?.value }
        set {
            let place = all.firstIndex { $0.key == key }
            guard let value = newValue.map(Self.cut), !value.isEmpty else {
                if let place { all.remove(at: place) }
                return
            }
            let tag = Tag(key: key, value: value)
            if let place { all[place] = tag } else { all.append(tag) }
        }
    }

    /// Sets several values in one, separated by semicolons; values that no longer fit are left out entirely.
    mutating func set(_ values: [String], for key: String) {
        var (kept, length) = ([String](), 0)
        for value in values where !kept.contains(value) {
            let more = value.unicodeScalars.count + (kept.isEmpty ? 0 : 1)
            guard length + more <= Self.longestValue else { continue }
            kept.append(value)
            length += more
        }
        self[key] = kept.joined(separator: ";")
    }

    /// Adds the tags of another element; its values take precedence.
    mutating func add(_ other: OSMTags) {
        for tag in other.all { self[tag.key] = tag.value }
    }

    private static func cut(_ value: String) -> String {
        guard value.unicodeScalars.count > longestValue else { return value }
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: value.unicodeScalars.prefix(longestValue))
        return String(scalars)
    }
}
