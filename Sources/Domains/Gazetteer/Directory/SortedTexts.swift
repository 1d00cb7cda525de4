/// Many texts in byte order, searchable as a whole or by prefix.
///
/// All letters are in one array: a city has tens of thousands of words, and a separate string for each would take four times
/// the memory and an indirection for every comparison.
struct SortedTexts: Sendable {
    private let bytes: [UInt8]
    private let starts: [Int32]

    /// - Parameter sorted: the texts in the order of `precedes`; duplicates are allowed.
    init(sorted texts: [String]) {
        var bytes: [UInt8] = []
        var starts: [Int32] = [0]
        starts.reserveCapacity(texts.count + 1)
        for text in texts {
            bytes += text.utf8
            starts.append(Int32(bytes.count))
        }
        self.bytes = bytes
        self.starts = starts
    }

    /// The order of the texts, by UTF-8 bytes.
    static func precedes(_ left: String, _ right: String) -> Bool { left.utf8.lexicographicallyPrecedes(right.utf8) }

    var count: Int { starts.count - 1 }

    subscript(place: Int) -> String {
        String(decoding: bytes[Int(starts[place])..<Int(starts[place + 1])], as: UTF8.self)
    }

    /// The number of letters of a text, for the alphabets of this city; continuation bytes are not counted.
    func letterCount(_ place: Int) -> Int {
        bytes[Int(starts[place])..<Int(starts[place + 1])].reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    }

    func isASCII(_ place: Int) -> Bool {
        bytes[Int(starts[place])..<Int(starts[place + 1])].allSatisfy { $0 < 0x80 }
    }

    /// The texts that begin with `prefix`.
    func places(beginningWith prefix: String) -> Range<Int> {
        let wanted = Array(prefix.utf8)
        let first = firstPlace { beginning(of: $0, with: wanted) >= 0 }
        let end = firstPlace { beginning(of: $0, with: wanted) > 0 }
        return first..<max(first, end)
    }

    /// Whether a word of a text begins with `beginning`; words are separated by spaces.
    func has(_ place: Int, aWordBeginning beginning: [UInt8]) -> Bool {
        var start = Int(starts[place])
        let end = Int(starts[place + 1])
        while start + beginning.count <= end {
            var matched = 0
            while matched < beginning.count, bytes[start + matched] == beginning[matched] { matched += 1 }
            if matched == beginning.count { return true }
            start += matched
            while start < end, bytes[start] != 0x20 { start += 1 }
            start += 1
        }
        return false
    }

    private func firstPlace(where isAtOrAfter: (Int) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isAtOrAfter(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    // Negative, zero or positive when the beginning of a text sorts before, equal to or after the wanted one; a shorter text
    // sorts before it.
    private func beginning(of place: Int, with wanted: [UInt8]) -> Int {
        let start = Int(starts[place])
        let length = Int(starts[place + 1]) - start
        for index in 0..<min(length, wanted.count) where bytes[start + index] != wanted[index] {
            return Int(bytes[start + index]) - Int(wanted[index])
        }
        return length < wanted.count ? -1 : 0
    }
}
