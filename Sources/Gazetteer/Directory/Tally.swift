/// Counts, for every organization, how much of a question it meets.
///
/// One word after another: a word's ways to be met are added, the best one counts, then the word is closed.
struct Tally {
    /// What an organization has met.
    struct Entry {
        /// The weight of the words met so far.
        fileprivate(set) var met: Float = 0
        fileprivate var best: Float = 0
        /// How many words its name has.
        fileprivate(set) var named: UInt8 = 0
        fileprivate var isNamed = false
        /// Whether a word of its address was met.
        fileprivate var isAddressed = false
        /// Whether more than its address was met.
        fileprivate(set) var isMeant = false
        /// Whether its name begins with the question.
        fileprivate(set) var begins = false
        fileprivate var isListed = false
    }

    private(set) var entries: [Entry]
    /// The organizations that meet anything.
    private(set) var found: [Int32] = []
    /// The weight of all words.
    private(set) var weight: Float = 0
    private var touched: [Int32] = []
    private var beginning: [Int32] = []

    /// How many organizations the open word has met.
    var touchedCount: Int { touched.count }

    init(count: Int) { entries = [Entry](repeating: Entry(), count: count) }

    /// Forgets everything.
    mutating func clear() {
        for record in found { entries[Int(record)] = Entry() }
        for record in touched { entries[Int(record)] = Entry() }
        for record in beginning { entries[Int(record)] = Entry() }
        found.removeAll(keepingCapacity: true)
        touched.removeAll(keepingCapacity: true)
        beginning.removeAll(keepingCapacity: true)
        weight = 0
    }

    /// - Parameter isTelling: whether the word alone would tell the organization.
    mutating func add(named records: ArraySlice<Int32>, worth: Float, isTelling: Bool) {
        touch(records, worth) { entry in
            entry.isNamed = true
            entry.isMeant = entry.isMeant || isTelling
            return true
        }
    }

    mutating func add(ofKind records: ArraySlice<Int32>, worth: Float) {
        touch(records, worth) { entry in
            entry.isMeant = true
            return true
        }
    }

    mutating func add(addressed records: ArraySlice<Int32>, worth: Float) {
        touch(records, worth) { entry in
            entry.isAddressed = true
            return true
        }
    }

    /// A number counts as a house only beside the name of its street, which must have been added before.
    mutating func add(housed records: ArraySlice<Int32>, worth: Float) {
        touch(records, worth) { $0.isAddressed }
    }

    /// Ends a word.
    ///
    /// - Parameter weigh: how much the word counts, by how many organizations have it.
    mutating func close(_ weigh: (Int) -> Float) {
        let weight = weigh(touched.count)
        self.weight += weight
        entries.withUnsafeMutableBufferPointer { entries in
            for record in touched {
                let place = Int(record)
                var entry = entries[place]
                entry.met += entry.best * weight
                entry.best = 0
                if entry.isNamed {
                    entry.isNamed = false
                    entry.named &+= 1
                }
                if !entry.isListed {
                    entry.isListed = true
                    found.append(record)
                }
                entries[place] = entry
            }
        }
        touched.removeAll(keepingCapacity: true)
    }

    /// Marks those whose name begins with the question.
    mutating func markBeginning(_ records: ArraySlice<Int32>) {
        beginning += records
        for record in records { entries[Int(record)].begins = true }
    }

    // Organizations for which `counts` is false are passed over.
    @inline(__always)
    private mutating func touch(_ records: ArraySlice<Int32>, _ worth: Float, counts: (inout Entry) -> Bool) {
        entries.withUnsafeMutableBufferPointer { entries in
            for record in records {
                var entry = entries[Int(record)]
                guard counts(&entry) else { continue }
                if entry.best == 0 { touched.append(record) }
                if worth > entry.best { entry.best = worth }
                entries[Int(record)] = entry
            }
        }
    }
}
