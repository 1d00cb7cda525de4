public import Gazetteer
public import Geo

/// Derives the lines of streets and rivers, crossings and house ranges from facts that contain none of them.
///
/// Streets run in the gaps between blocks: the middle lines of all gaps form a network, each gap gets a name from the
/// blocks beside it, and gaps of the same name make a line. Nothing here is random or depends on the clock.
public struct StreetDerivation: Sendable {
    private static let passes = 3

    let facts: StreetFacts
    let plane: LocalPlane
    let names: BlockNames
    let texts: StreetTexts
    let network: GapNetwork
    let sites: GapSites
    let overlaps: BlockOverlaps

    /// Prepares the network of gaps and the names, which is most of the work.
    ///
    /// - Throws: `GeoError.empty` when there are no blocks.
    public init(_ facts: StreetFacts) throws(GeoError) {
        guard let box = BoundingBox(around: facts.blocks.map(\.centre)) else { throw .empty }
        self.facts = facts
        plane = LocalPlane(around: box)
        names = BlockNames(facts)
        texts = StreetTexts(facts)
        sites = GapSites(facts.blocks, in: plane)
        network = GapNetworkBuilder.network(of: sites).withJoinedCrossings()
        overlaps = BlockOverlaps(facts.blocks)
    }

    /// Derives everything.
    ///
    /// - Parameter addresses: houses used where blocks do not show the streets; the house ranges are made from them as
    ///   well.
    public func derive(with addresses: [Address]) -> DerivedStreets {
        let points = StreetPoints(facts, addresses, texts, plane)
        let parts = cleanParts(with: points)
        var result = DerivedStreets()
        result.unmatched = names.unmatched
        result.lines = LineMaker(derivation: self, points: points).lines(of: parts)
        result.crossings = CrossingFinder(derivation: self).crossings(of: parts)
        result.ranges = HouseRangeFinder(derivation: self).ranges(of: parts, addresses: addresses)
        return result
    }

    func cleanParts(with points: StreetPoints) -> [GapLabel: [StreetPart]] {
        let evidence = GapEvidence(network, points).byGap
        let cleaning = StreetCleaning(isFree: isFree)
        var parts: [GapLabel: [StreetPart]] = [:]
        // A gap whose part was removed by cleaning gets another chance with a different name.
        var banned = Array(repeating: Set<GapLabel>(), count: network.edges.count)
        for _ in 0..<Self.passes {
            let decisions = GapLabelling.decisions(
                for: network,
                names: names,
                sites: sites,
                evidence: evidence,
                banned: banned
            )
            parts = clean(
                StreetAssembly(network: network, decisions: decisions, sites: sites).parts(),
                points,
                cleaning
            )
            let kept = parts.mapValues { Set($0.flatMap(\.gaps)) }
            for (gap, decision) in decisions.enumerated() {
                guard let label = decision?.label, kept[label]?.contains(gap) != true else { continue }
                banned[gap].insert(label)
            }
        }
        let taken = Set(parts.values.flatMap { $0.flatMap(\.gaps) })
        let filling = PointFilling(
            grid: GridDirections(network),
            cleaning: cleaning,
            snapping: GapSnapping(network) { !taken.contains($0) }
        )
        for (street, points) in points.byStreet {
            parts[.street(street)] = filling.filled(parts[.street(street)] ?? [], with: points)
        }
        return parts.mapValues { cleaning.smoothed($0) }.filter { !$0.value.isEmpty }
    }

    private func clean(
        _ raw: [GapLabel: [StreetPart]],
        _ points: StreetPoints,
        _ cleaning: StreetCleaning
    ) -> [GapLabel: [StreetPart]] {
        var parts: [GapLabel: [StreetPart]] = [:]
        for (label, pieces) in raw {
            var supports: [PlanePoint] = []
            if case .street(let street) = label { supports = points.byStreet[street]?.map(\.place) ?? [] }
            parts[label] = cleaning.cleaned(pieces, supports: supports)
        }
        return parts
    }

    // Whether a line that closes a gap stays outside blocks for most of its length.
    private func isFree(_ line: PlaneLine) -> Bool {
        let points = line.resampled(every: 12).points
        let inside = points.count { overlaps.covers(plane.coordinate($0)) }
        return Double(inside) <= Double(points.count) * 0.35
    }
}
