import GRDB
public import Gazetteer

/// A layer of which a new city file has far fewer records than the present one.
///
/// A file that is missing from the sources, or a renamed column that makes most rows unusable, would otherwise empty the directory
/// within a second, without anybody having asked for it.
public struct LayerLoss: Sendable, Equatable {
    /// The layer.
    public let layer: Layer
    /// How many records the present file has.
    public let before: Int
    /// How many records the new file has.
    public let after: Int

    /// Losing fewer records than this does not count as a loss, unless none is left.
    static let leastRecords = 10
    /// Losing a smaller share of the records than this does not count as a loss.
    static let leastShare = 1.0 / 3

    /// Makes a loss.
    init(layer: Layer, before: Int, after: Int) { (self.layer, self.before, self.after) = (layer, before, after) }

    /// The number of records of every layer.
    static func counts(_ db: Database) throws -> [Layer: Int] {
        var counts: [Layer: Int] = [:]
        for layer in Layer.allCases {
            counts[layer] = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(GazetteerTable(layer).name)")
        }
        return counts
    }

    /// The losses, in loading order.
    static func losses(from old: [Layer: Int], to new: [Layer: Int]) -> [LayerLoss] {
        Layer.allCases.compactMap { layer in
            let (before, after) = (old[layer] ?? 0, new[layer] ?? 0)
            let lost = before - after
            let isLarge = lost >= leastRecords && Double(lost) > Double(before) * leastShare
            return lost > 0 && (after == 0 || isLarge) ? LayerLoss(layer: layer, before: before, after: after) : nil
        }
    }
}
