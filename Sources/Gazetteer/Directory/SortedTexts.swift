/// Many texts in the order of their bytes, found whole or by their beginning.
///
/// The letters of all stand in one array: a city has tens of thousands of words, and each as a string of its own would
/// take four times the memory and a jump through it for every comparison.
struct SortedTexts: Sendable {
    private let bytes: [UInt8]
    private let starts: [Int32]

    /// - Parameter sorted: the texts in the order of `precedes`; equal ones may follow each other.
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

    /// The order of the texts: that of their UTF-8 bytes.
    static func precedes(_ left: String, _ right: String) -> Bool { left.utf8.lexicographicallyPrecedes(right.utf8) }

    var count: Int { starts.count - 1 }

    subscript(place: Int) -> String {
        String(decoding: bytes[Int(starts[place])..<Int(starts[place + 1])], as: UTF8.self)
    }

    /// How many letters a text has, for the alphabets of this city: a byte that continues one does not count.
    func letterCount(_ place: Int) -> Int {
        bytes[Int(starts[place])..<Int(starts[place + 1])].reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    }

    func isASCII(_ place: Int) -> Bool {
        bytes[Int(starts[place])..<Int(starts[place + 1])].allSatisfy { $0 < 0x80 }
    }

    /// Where a text stands; the first of equal ones.
    func place(of text: String) -> Int? {
        let wanted = Array(text.utf8)
        let place = firstPlace { comparison(of: $0, with: wanted) >= 0 }
        return place < count && comparison(of: place, with: wanted) == 0 ? place : nil
    }

    /// The texts that begin with another.
    func places(beginningWith prefix: String) -> Range<Int> {
        let wanted = Array(prefix.utf8)
        let first = firstPlace { comparison(of: $0, with: wanted) >= 0 }
        let end = firstPlace { beginning(of: $0, with: wanted) > 0 }
        return first..<max(first, end)
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

    // Below, at or above zero as the text stands before, at or after the wanted one.
    private func comparison(of place: Int, with wanted: [UInt8]) -> Int {
        let difference = beginning(of: place, with: wanted)
        if difference != 0 { return difference }
        return Int(starts[place + 1] - starts[place]) - wanted.count
    }

    // The same for as many bytes as the wanted text has; a text that is shorter stands before it.
    private func beginning(of place: Int, with wanted: [UInt8]) -> Int {
        let start = Int(starts[place])
        let length = Int(starts[place + 1]) - start
        for index in 0..<min(length, wanted.count) where bytes[start + index] != wanted[index] {
            return Int(bytes[start + index]) - Int(wanted[index])
        }
        return length < wanted.count ? -1 : 0
    }
}
