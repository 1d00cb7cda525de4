// Several crossings in one query.
extension CrossingSearch {
    /// The parts of a query that lists crossings, one in each; empty for other queries.
    ///
    /// «Абая/Манаса и Жандосова/Розыбакиева», «угол Абая и Манаса, угол Гоголя и Панфилова»
    func listedCrossings(_ pairs: [Pair]) -> [Range<Int>] {
        let namesBlock = interpretation.query.meanings.contains { $0.contains(.between) }
        guard pairs.count > 1, spans.count > 3, !namesBlock else { return [] }
        let items = AddressListCrossings.items(interpretation.query)
        guard items.count > 1, items.allSatisfy({ item in pairs.contains { isJoined($0, in: item) } }) else {
            return []
        }
        return items
    }

    func isJoined(_ pair: Pair, in item: Range<Int>) -> Bool {
        let (first, second) = (spans[pair.first].range, spans[pair.second].range)
        guard item.lowerBound <= first.lowerBound, second.upperBound <= item.upperBound else { return false }
        let between = first.upperBound...second.lowerBound
        return interpretation.mentionsCrossing
            || between.contains { AddressListCrossings.joins(interpretation.query.tokens[$0]) }
    }

    /// The other crossings of a list, which are not unexplained words beside one of them.
    func otherListed(than pair: Pair) -> [Range<Int>] {
        guard listed.contains(where: { isJoined(pair, in: $0) }) else { return [] }
        return listed.filter { !isJoined(pair, in: $0) }
    }
}
