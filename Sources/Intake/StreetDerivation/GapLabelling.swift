import Geo

/// Decides which street runs in each gap.
///
/// Two neighbouring blocks of a grid column share three names: that of the street between them and those of the two
/// streets along either side. How the gap continues tells which one runs between them: straight ahead is the same
/// street, around the corner another one. Each gap holds a share of belief for each name, and the gaps at its ends
/// raise or lower it repeatedly until it settles (relaxation labelling, Rosenfeld, Hummel and Zucker 1976).
struct GapLabelling: Sendable {
    /// The decision for a gap.
    struct Decision: Sendable, Equatable {
        let label: GapLabel
        /// The share of belief in the label, 0 to 1.
        let belief: Double
        /// Whether both blocks beside the gap name it.
        let isNamedByBoth: Bool
    }

    struct Link {
        let other: Int
        let weight: Double
    }

    private static let rounds = 60
    private static let unnamed = 0.5

    private let network: GapNetwork
    private let candidates: [[GapCandidates.Candidate]]
    private let links: [[Link]]
    private let owners: [Int: [Int]]
    private var beliefs: [[Double]]

    /// - Parameters:
    ///   - evidence: the evidence of houses and stops for each gap.
    ///   - banned: names that a gap cannot have.
    static func decisions(
        for network: GapNetwork,
        names: BlockNames,
        sites: GapSites,
        evidence: [[GapLabel: Double]],
        banned: [Set<GapLabel>]
    ) -> [Decision?] {
        var labelling = GapLabelling(network, names, sites, evidence, banned)
        // Straight continuations count first; only once lines have formed may a street keep others from turning into
        // it.
        for round in 0..<rounds {
            let age = min(1, Double(round) / Double(rounds) * 1.5)
            labelling.settle(sharpness: 2 + age * 1.5, strictness: 0.3 + age * 0.7)
        }
        return labelling.decisions()
    }

    private init(
        _ network: GapNetwork,
        _ names: BlockNames,
        _ sites: GapSites,
        _ evidence: [[GapLabel: Double]],
        _ banned: [Set<GapLabel>]
    ) {
        self.network = network
        links = Self.links(of: network)
        candidates = GapCandidates(network, names, sites, evidence, banned).byGap(links)
        beliefs = candidates.map { Self.shares(of: $0.map(\.evidence), 2) }
        var owners: [Int: [Int]] = [:]
        for (index, edge) in network.edges.enumerated() {
            for block in [edge.blocks.0, edge.blocks.1] where block != sites.open {
                owners[block, default: []].append(index)
            }
        }
        self.owners = owners
    }

    private static func links(of network: GapNetwork) -> [[Link]] {
        var meeting: [Int: [(edge: Int, direction: PlanePoint)]] = [:]
        for (index, edge) in network.edges.enumerated() {
            meeting[edge.start, default: []].append((index, edge.line.heading))
            meeting[edge.end, default: []].append((index, edge.line.reversed.heading))
        }
        var links: [[Link]] = Array(repeating: [], count: network.edges.count)
        for node in meeting.keys.sorted() {
            let ends = meeting[node] ?? []
            for (number, end) in ends.enumerated() {
                for (otherNumber, other) in ends.enumerated() where otherNumber != number && other.edge != end.edge {
                    let straight = -end.direction.dot(other.direction)
                    let certainty = min(1, network.edges[other.edge].length / 40)
                    links[end.edge].append(
                        Link(other: other.edge, weight: weight(straight, ends: ends.count) * certainty)
                    )
                }
            }
        }
        return links
    }

    // By the cosine of the bend: 1 straight ahead, 0 around the corner, -1 turning back.
    private static func weight(_ straight: Double, ends: Int) -> Double {
        if ends == 2 { return max(0.4, straight) }
        if straight > 0.85 { return 1 }
        if straight > 0.5 { return 0.5 }
        return straight > 0.25 ? 0 : -1
    }

    private mutating func settle(sharpness: Double, strictness: Double) {
        let strongest = strongestByBlock()
        var next = beliefs
        for (edge, candidates) in candidates.enumerated() where !candidates.isEmpty {
            var support = candidates.map(\.evidence)
            for link in links[edge] {
                let weight = link.weight < 0 ? link.weight * strictness : link.weight
                for (number, candidate) in candidates.enumerated() {
                    support[number] += weight * belief(of: candidate.label, at: link.other)
                }
            }
            // A street named by a block must run along one of its sides, so a name that has no place yet gets extra
            // support.
            for block in [network.edges[edge].blocks.0, network.edges[edge].blocks.1] {
                for (number, candidate) in candidates.enumerated() {
                    guard let strongest = strongest[block]?[candidate.label] else { continue }
                    support[number] += 0.3 * (1 - strongest)
                }
            }
            let settled = Self.shares(of: support, sharpness)
            for number in settled.indices { next[edge][number] = (beliefs[edge][number] + settled[number]) / 2 }
        }
        beliefs = next
    }

    private func strongestByBlock() -> [Int: [GapLabel: Double]] {
        owners.mapValues { edges in
            var strongest: [GapLabel: Double] = [:]
            for edge in edges {
                for (number, candidate) in candidates[edge].enumerated() {
                    strongest[candidate.label] = max(strongest[candidate.label] ?? 0, beliefs[edge][number])
                }
            }
            return strongest
        }
    }

    private func belief(of label: GapLabel, at edge: Int) -> Double {
        guard let number = candidates[edge].firstIndex(where: { $0.label == label }) else { return 0 }
        return beliefs[edge][number]
    }

    // Shares by the exponentials of the supports (softmax); what remains to 1 is the share of no name.
    private static func shares(of supports: [Double], _ sharpness: Double) -> [Double] {
        let powers = supports.map { power($0 * sharpness) }
        let sum = powers.reduce(power(unnamed * sharpness), +)
        return powers.map { $0 / sum }
    }

    // (1 + x/1024)^1024 by ten squarings: close enough to e^x, and the same on every machine.
    private static func power(_ exponent: Double) -> Double {
        var value = max(0, 1 + max(-20, exponent) / 1024)
        for _ in 0..<10 { value *= value }
        return value
    }

    private func decisions() -> [Decision?] {
        candidates.indices.map { edge in
            let beliefs = beliefs[edge]
            guard let best = beliefs.indices.max(by: { (beliefs[$0], $1) < (beliefs[$1], $0) }) else { return nil }
            let unnamed = 1 - beliefs.reduce(0, +)
            guard beliefs[best] > unnamed else { return nil }
            let candidate = candidates[edge][best]
            return Decision(label: candidate.label, belief: beliefs[best], isNamedByBoth: candidate.isNamedByBoth)
        }
    }
}

extension PlaneLine {
    /// Unit vector in which a gap leaves its node; the first metres, which bend inside the crossing, do not count.
    var heading: PlanePoint {
        let length = length
        guard length > 24 else { return direction(reach: length) }
        return (point(at: min(60, length)) - point(at: 8)).unit
    }
}
