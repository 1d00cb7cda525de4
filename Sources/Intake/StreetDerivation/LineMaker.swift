import Gazetteer
import Geo

/// Makes the records of lines from cleaned parts.
struct LineMaker {
    /// A house or stop within this distance supports a line, metres.
    private static let agreeing = 120.0

    let derivation: StreetDerivation
    let points: StreetPoints

    func lines(of parts: [GapLabel: [StreetPart]]) -> [DerivedStreets.Line] {
        parts.map { line(of: $0.key, $0.value) }.sorted { $0.id < $1.id }
    }

    private func line(of label: GapLabel, _ parts: [StreetPart]) -> DerivedStreets.Line {
        let length = parts.reduce(0) { $0 + $1.length }
        let widths = parts.flatMap(\.widths)
        let width = StreetPart.middle(of: widths, share: 0.5)
        let coordinates = parts.map { $0.line.points.map(derivation.plane.coordinate) }
        let common = (
            precision: precision(of: parts), pairs: parts.reduce(0) { $0 + $1.pairs },
            length: (length * 10).rounded() / 10
        )
        switch label {
        case .street(let index):
            let street = derivation.facts.streets[index]
            return DerivedStreets.Line(
                id: "line-\(street.id)",
                street: street.id,
                kind: street.kind.rawValue,
                names: Names(),
                parts: coordinates,
                rank: StreetRank.rank(kind: street.kind, width: width, length: (length + longest(parts)) / 2),
                width: width.map { $0.rounded() },
                length: common.length,
                precision: common.precision,
                pairs: common.pairs,
                confidence: confidence(of: parts, street: index)
            )
        case .waterway(let index):
            let river = derivation.names.waterways[index]
            return DerivedStreets.Line(
                id: "water-\(river.slug)",
                street: nil,
                kind: "river",
                names: Names(kk: river.kk, ru: river.ru, en: river.en),
                parts: coordinates,
                rank: length > 5_000 ? 1 : length > 2_000 ? 2 : 3,
                width: width.map { $0.rounded() },
                length: common.length,
                precision: common.precision,
                pairs: common.pairs,
                confidence: ground(of: parts) == .bothSides ? .medium : .low
            )
        }
    }

    private func longest(_ parts: [StreetPart]) -> Double { parts.map(\.length).max() ?? 0 }

    private func ground(of parts: [StreetPart]) -> StreetPart.Ground {
        let metres = parts.reduce(into: [StreetPart.Ground: Double]()) { $0.merge($1.grounds, uniquingKeysWith: +) }
        return metres.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }?.key ?? .points
    }

    // The axis lies inside the gap, so this is half the width that three quarters of the line do not exceed.
    private func precision(of parts: [StreetPart]) -> Double {
        let guessed = parts.compactMap { part in part.spread.map { (metres: part.length, width: $0 * 2) } }
        let all = parts.flatMap(\.widths) + guessed
        return max(5, ((StreetPart.middle(of: all, share: 0.75) ?? 100) / 2).rounded())
    }

    // High when blocks on both sides agree and a second source, houses or stops, supports the line.
    private func confidence(of parts: [StreetPart], street: Int) -> Confidence {
        let length = parts.reduce(0) { $0 + $1.length }
        let sure = parts.reduce(0) { $0 + ($1.grounds[.bothSides] ?? 0) }
        guard sure > length * 0.4 else { return .low }
        let supports = points.byStreet[street] ?? []
        let agreeing = supports.count { point in
            parts.contains { ($0.line.foot(of: point.place)?.distance ?? .infinity) <= Self.agreeing }
        }
        return agreeing >= 2 && agreeing * 4 >= supports.count * 3 ? .high : .medium
    }
}
