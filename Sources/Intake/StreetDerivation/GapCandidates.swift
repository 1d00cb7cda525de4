/// The names that each gap may have, and the evidence for each before its neighbours are considered.
struct GapCandidates {
    /// A name that a gap may have.
    struct Candidate {
        let label: GapLabel
        let evidence: Double
        let isNamedByBoth: Bool
    }

    private static let farthestSpread = 8
    private static let narrowestSpread = 15.0

    private let network: GapNetwork
    private let names: BlockNames
    private let sites: GapSites
    private let evidence: [[GapLabel: Double]]
    private let banned: [Set<GapLabel>]

    init(
        _ network: GapNetwork,
        _ names: BlockNames,
        _ sites: GapSites,
        _ evidence: [[GapLabel: Double]],
        _ banned: [Set<GapLabel>]
    ) {
        self.network = network
        self.names = names
        self.sites = sites
        self.evidence = evidence
        self.banned = banned
    }

    /// The candidates of each gap of the network.
    func byGap(_ links: [[GapLabelling.Link]]) -> [[Candidate]] {
        let named = zip(network.edges, evidence).map { Self.candidates(of: $0, names, sites, $1) }
        let silent = network.edges.map { edge in
            [edge.blocks.0, edge.blocks.1].allSatisfy { $0 != sites.open && names.labels[$0].isEmpty }
        }
        let prominence = Self.prominence(names, evidence)
        return Self.spread(named, silent, links, network).enumerated().map { edge, candidates in
            // A wide gap is more likely to belong to a prominent street.
            let breadth = min(1, max(0, (network.edges[edge].width - 15) / 25))
            return candidates.filter { !banned[edge].contains($0.label) }.map { candidate in
                let bonus = 0.4 * breadth * (prominence[candidate.label] ?? 0)
                return Candidate(
                    label: candidate.label,
                    evidence: candidate.evidence + bonus,
                    isNamedByBoth: candidate.isNamedByBoth
                )
            }
        }
    }

    private static func candidates(
        of edge: GapNetwork.Edge,
        _ names: BlockNames,
        _ sites: GapSites,
        _ evidence: [GapLabel: Double]
    ) -> [Candidate] {
        let sides = [edge.blocks.0, edge.blocks.1].map { $0 == sites.open ? [:] : names.labels[$0] }
        let labels = Set(sides[0].keys).union(sides[1].keys).union(evidence.keys).sorted()
        return labels.map { label in
            let (first, second) = (sides[0][label] ?? 0, sides[1][label] ?? 0)
            let seen = evidence[label] ?? 0
            if first > 0, second > 0 {
                return Candidate(label: label, evidence: (first + second) * 0.6 + seen, isNamedByBoth: true)
            }
            // If the other block names no street at all, its silence says little.
            let silent = first > 0 ? sides[1] : sides[0]
            let isSilent = silent.isEmpty
            let said = max(first, second) * (isSilent ? 0.55 : 0.3)
            return Candidate(label: label, evidence: said + seen, isNamedByBoth: false)
        }
    }

    // 1 for a name given by thirty blocks or by houses and stops at many gaps, less for others.
    private static func prominence(_ names: BlockNames, _ evidence: [[GapLabel: Double]]) -> [GapLabel: Double] {
        var counts: [GapLabel: Double] = [:]
        for labels in names.labels { for label in labels.keys { counts[label, default: 0] += 1 } }
        for labels in evidence { for label in labels.keys { counts[label, default: 0] += 0.25 } }
        return counts.mapValues { min(1, $0 / 30) }
    }

    // Blocks without names, such as microdistricts: a street that reaches them continues straight ahead between them.
    private static func spread(
        _ named: [[Candidate]],
        _ silent: [Bool],
        _ links: [[GapLabelling.Link]],
        _ network: GapNetwork
    ) -> [[Candidate]] {
        var candidates = named
        for _ in 0..<farthestSpread {
            let before = candidates
            for edge in candidates.indices where silent[edge] && network.edges[edge].width >= narrowestSpread {
                for link in links[edge] where link.weight > 0.8 {
                    for other in before[link.other] where !candidates[edge].contains(where: { $0.label == other.label })
                    {
                        guard case .street = other.label else { continue }
                        candidates[edge].append(Candidate(label: other.label, evidence: 0, isNamedByBoth: false))
                    }
                }
            }
        }
        return candidates
    }
}
