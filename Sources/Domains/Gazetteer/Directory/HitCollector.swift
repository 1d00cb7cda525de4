import Civic
import Geo

/// Keeps the best organizations by score, distance and alphabetical order.
struct HitCollector {
    /// The largest set whose members are always all examined; of larger sets, usually only those that rank first are.
    private static let enumerated = 512

    private let directory: OrganizationDirectory
    private let order: HitOrder
    private let near: Coordinate?
    private let distances: Distances?
    private let ranks: [Int32]
    private let byRank: [Int32]
    private let limit: Int
    private var best: TopHits

    init(_ directory: OrganizationDirectory, order: HitOrder, near: Coordinate?, limit: Int, language: Language) {
        self.directory = directory
        self.order = order
        self.near = near
        distances = near.map { Distances(from: $0) }
        ranks = directory.ranks[language] ?? []
        byRank = directory.byRank[language] ?? []
        self.limit = limit
        best = TopHits(limit: limit)
    }

    /// The best entries, best first.
    var entries: [TopHits.Entry] { best.sorted }

    /// Whether an organization with this score can still be among the best.
    func mayHold(_ score: Int) -> Bool {
        guard let worst = best.worst else { return true }
        return order.entry(0, relevance: score, distance: 0, rank: 0).coarse <= worst.coarse
    }

    mutating func offer(_ record: Int, score: Int) {
        offer(record, score: score, distance: distances?.metres(to: directory.columns.positions[record]) ?? .infinity)
    }

    mutating func offer(_ record: Int, score: Int, distance: Double) {
        best.offer(order.entry(record, relevance: score, distance: distance, rank: ranks[record]))
    }

    /// Offers all members of a set; of a large one only those that rank first within it.
    mutating func offer(_ records: RecordSet, score: Int) {
        guard mayHold(score) else { return }
        if limit > Self.enumerated || records.count(atMost: Self.enumerated) != nil {
            for record in records { offer(record, score: score) }
        } else if let near {
            offerNearest(near, records, score)
        } else {
            offerFirst(records, score, records.count)
        }
    }

    // In alphabetical order: the larger a set is, the sooner a walk through all organizations has found enough members.
    private mutating func offerFirst(_ records: RecordSet, _ score: Int, _ count: Int) {
        guard count > 0, limit * byRank.count / count < 4 * count else {
            for record in records { offer(record, score: score) }
            return
        }
        var offered = 0
        for record in byRank where records.contains(Int(record)) {
            offer(Int(record), score: score, distance: .infinity)
            offered += 1
            if offered == limit { return }
        }
    }

    private mutating func offerNearest(_ near: Coordinate, _ records: RecordSet, _ score: Int) {
        let found = directory.nearest(to: near, count: limit) { records.contains($0) }
        for record in found { offer(record, score: score) }
        // Organizations without a position come after all those with one.
        if found.count < limit { for record in records { offer(record, score: score) } }
    }
}
