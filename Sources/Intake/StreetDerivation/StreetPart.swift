import Geo

/// One unbroken part of a street or river, before it becomes part of a line.
struct StreetPart: Sendable {
    /// The evidence for a part.
    enum Ground: Int, Sendable, Comparable {
        /// Both blocks beside it name it.
        case bothSides
        /// Only one block names it; opposite is another block or open land.
        case oneSide
        /// Only blocks known by their centres name it, or houses and stops stand along it.
        case points

        static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    var line: PlaneLine
    /// Widths of the gap along it, with the metres to which each applies.
    var widths: [(metres: Double, width: Double)] = []
    /// Metres by kind of evidence.
    var grounds: [Ground: Double] = [:]
    /// The number of pairs of blocks beside it.
    var pairs = 0
    /// The gaps that it runs through, by their position in the network.
    var gaps: [Int] = []
    /// Half the width of the strip in which the axis may lie, metres; nil when the width of the gap gives it.
    var spread: Double?

    var length: Double { line.length }

    /// The evidence for the greater part of it.
    var ground: Ground {
        grounds.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }?.key ?? .points
    }

    /// The median width by length, metres.
    var width: Double? { Self.middle(of: widths, share: 0.5) }

    /// The width that a share of the metres does not exceed.
    static func middle(of widths: [(metres: Double, width: Double)], share: Double) -> Double? {
        let total = widths.reduce(0) { $0 + $1.metres }
        var left = total * share
        for entry in widths.sorted(by: { ($0.width, $0.metres) < ($1.width, $1.metres) }) {
            left -= entry.metres
            if left <= 0 { return entry.width }
        }
        return nil
    }

    /// The part extended by another, which begins where this one ends or slightly farther on.
    func followed(by other: StreetPart) -> StreetPart {
        var joined = self
        joined.line.points +=
            other.line.points.first == line.points.last ? Array(other.line.points.dropFirst()) : other.line.points
        joined.widths += other.widths
        joined.grounds.merge(other.grounds, uniquingKeysWith: +)
        joined.pairs += other.pairs
        joined.gaps += other.gaps
        joined.spread = [spread, other.spread].compactMap(\.self).max()
        return joined
    }

    var reversed: StreetPart {
        var turned = self
        turned.line = line.reversed
        return turned
    }
}
