import Geo

/// Joins the gaps that have the same name into unbroken parts.
struct StreetAssembly {
    private struct End {
        let edge: Int
        let atStart: Bool
        let heading: PlanePoint
    }

    private struct EdgeEnd: Hashable {
        let edge: Int
        let atStart: Bool
    }

    private let network: GapNetwork
    private let decisions: [GapLabelling.Decision?]
    private let sites: GapSites

    init(network: GapNetwork, decisions: [GapLabelling.Decision?], sites: GapSites) {
        self.network = network
        self.decisions = decisions
        self.sites = sites
    }

    /// The parts of each label.
    func parts() -> [GapLabel: [StreetPart]] {
        var edges: [GapLabel: [Int]] = [:]
        for (index, decision) in decisions.enumerated() {
            guard let decision else { continue }
            // A block of which only the centre is known says nothing about the bed of a river.
            if case .waterway = decision.label, isVague(network.edges[index]) { continue }
            edges[decision.label, default: []].append(index)
        }
        return edges.mapValues { chains(of: $0) }
    }

    private func chains(of edges: [Int]) -> [StreetPart] {
        let followers = followers(among: edges)
        var taken: Set<Int> = []
        var parts: [StreetPart] = []
        // Chains with a free end come first, then rings.
        let starts = edges.flatMap { [EdgeEnd(edge: $0, atStart: true), EdgeEnd(edge: $0, atStart: false)] }
        for end in starts.filter({ followers[$0] == nil }) + starts where !taken.contains(end.edge) {
            var part: StreetPart?
            var next: EdgeEnd? = end
            while let end = next, taken.insert(end.edge).inserted {
                let piece = self.part(of: end.edge)
                let forward = end.atStart ? piece : piece.reversed
                part = part?.followed(by: forward) ?? forward
                next = followers[EdgeEnd(edge: end.edge, atStart: !end.atStart)]
            }
            if let part { parts.append(part) }
        }
        return parts
    }

    // Which end of a gap continues in which other end, pairing the straightest first.
    private func followers(among edges: [Int]) -> [EdgeEnd: EdgeEnd] {
        var meeting: [Int: [End]] = [:]
        for edge in edges {
            let gap = network.edges[edge]
            meeting[gap.start, default: []].append(End(edge: edge, atStart: true, heading: gap.line.heading))
            meeting[gap.end, default: []].append(End(edge: edge, atStart: false, heading: gap.line.reversed.heading))
        }
        var followers: [EdgeEnd: EdgeEnd] = [:]
        for node in meeting.keys.sorted() {
            let ends = meeting[node] ?? []
            var pairs: [(straight: Double, a: Int, b: Int)] = []
            for a in ends.indices {
                for b in ends.indices where b > a && ends[a].edge != ends[b].edge {
                    pairs.append((-ends[a].heading.dot(ends[b].heading), a, b))
                }
            }
            var used: Set<Int> = []
            for pair in pairs.sorted(by: { ($1.straight, $0.a, $0.b) < ($0.straight, $1.a, $1.b) }) {
                guard pair.straight > (ends.count == 2 ? -0.3 : 0.4) else { continue }
                guard !used.contains(pair.a), !used.contains(pair.b) else { continue }
                used.formUnion([pair.a, pair.b])
                let (a, b) = (ends[pair.a], ends[pair.b])
                followers[EdgeEnd(edge: a.edge, atStart: a.atStart)] = EdgeEnd(edge: b.edge, atStart: b.atStart)
                followers[EdgeEnd(edge: b.edge, atStart: b.atStart)] = EdgeEnd(edge: a.edge, atStart: a.atStart)
            }
        }
        return followers
    }

    private func isVague(_ edge: GapNetwork.Edge) -> Bool {
        sites.discs.contains(edge.blocks.0) || sites.discs.contains(edge.blocks.1)
    }

    private func part(of index: Int) -> StreetPart {
        let edge = network.edges[index]
        let isOpen = edge.blocks.1 == sites.open
        let isVague = isVague(edge)
        let both = decisions[index]?.isNamedByBoth == true
        let ground: StreetPart.Ground = isVague ? .points : both ? .bothSides : .oneSide
        return StreetPart(
            line: edge.line,
            widths: isOpen || isVague ? [] : [(edge.length, edge.width)],
            grounds: [ground: edge.length],
            pairs: isOpen ? 0 : 1,
            gaps: [index],
            spread: isVague ? 50 : isOpen ? GapSites.openHalfWidth * 2 : nil
        )
    }
}
