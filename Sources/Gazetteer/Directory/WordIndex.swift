/// Which records have which words; a question's words must all be found, the last ones may be beginnings.
struct WordIndex: Sendable {
    private let words: [String]
    private let postings: [[Int32]]

    /// - Parameter texts: for each record, the folded words it is to be found by.
    init(_ texts: [[String]]) {
        var lists: [String: [Int32]] = [:]
        for (record, words) in texts.enumerated() {
            for word in Set(words) { lists[word, default: []].append(Int32(record)) }
        }
        let sorted = lists.sorted { $0.key < $1.key }
        words = sorted.map(\.key)
        postings = sorted.map(\.value)
    }

    /// The records that have every word, with the share of the words that were found whole.
    func records(with question: [String]) -> [(record: Int, wholeWords: Double)] {
        guard !question.isEmpty else { return [] }
        var scores: [Int32: Double] = [:]
        for (place, word) in question.enumerated() {
            let found = records(with: word)
            if place == 0 {
                scores = found
            } else {
                scores = scores.reduce(into: [:]) { kept, entry in
                    if let score = found[entry.key] { kept[entry.key] = entry.value + score }
                }
            }
            if scores.isEmpty { return [] }
        }
        return scores.map { (Int($0.key), $0.value / Double(question.count)) }
    }

    // 1 for a whole word, less for a beginning; a number is never a beginning of another.
    private func records(with word: String) -> [Int32: Double] {
        var found: [Int32: Double] = [:]
        let length = word.unicodeScalars.count
        let mayBegin = length >= 2 && !(word.unicodeScalars.first.map { ("0"..."9").contains($0) } ?? false)
        var index = firstIndex(notBelow: word)
        while index < words.count, words[index].hasPrefix(word) {
            let whole = words[index] == word
            guard whole || mayBegin else { break }
            let score = whole ? 1 : 0.5 + 0.4 * Double(length) / Double(words[index].unicodeScalars.count)
            for record in postings[index] { found[record] = max(found[record] ?? 0, score) }
            index += 1
        }
        return found
    }

    private func firstIndex(notBelow word: String) -> Int {
        var low = 0
        var high = words.count
        while low < high {
            let middle = (low + high) / 2
            if words[middle] < word { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
