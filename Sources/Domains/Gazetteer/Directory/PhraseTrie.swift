/// Phrases as a tree of words, traversed with the words of a query.
struct PhraseTrie: Sendable {
    private let numbers: WordTable<Int32>
    /// The node after a node and a word; the root is 0.
    private let steps: [UInt64: Int32]
    private let meanings: [[CategoryPhrases.Meaning]]

    init(_ phrases: [(words: [String], meaning: CategoryPhrases.Meaning)]) {
        var words: [String: Int32] = [:]
        var steps: [UInt64: Int32] = [:]
        var meanings: [[CategoryPhrases.Meaning]] = [[]]
        for phrase in phrases {
            var node: Int32 = 0
            for word in phrase.words {
                let number = words[word] ?? Int32(words.count)
                words[word] = number
                let step = Self.step(node, number)
                let next = steps[step] ?? Int32(meanings.count)
                if next == meanings.count { meanings.append([]) }
                steps[step] = next
                node = next
            }
            meanings[Int(node)] = CategoryPhrases.merged(meanings[Int(node)], [phrase.meaning])
        }
        numbers = WordTable(words.map { ($0, $1) })
        self.steps = steps
        self.meanings = meanings
    }

    /// The number of a word that occurs in phrases.
    func number(of word: String) -> Int32? { numbers[word] }

    /// Calls `body` for each phrase that begins at the first of these words, with the index after its end.
    func walk(_ words: ArraySlice<Int32?>, _ body: (Int, [CategoryPhrases.Meaning]) -> Void) {
        var node: Int32 = 0
        for place in words.indices {
            guard let word = words[place], let next = steps[Self.step(node, word)] else { return }
            node = next
            if !meanings[Int(node)].isEmpty { body(place + 1, meanings[Int(node)]) }
        }
    }

    private static func step(_ node: Int32, _ word: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: node)) << 32 | UInt64(UInt32(bitPattern: word))
    }
}
