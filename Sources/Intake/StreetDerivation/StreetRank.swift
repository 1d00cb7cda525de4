import Gazetteer

/// The importance of a street by its measurements: 1 for great avenues to 5 for lanes.
enum StreetRank {
    /// The rank.
    ///
    /// - Parameters:
    ///   - width: median width between the blocks, metres; nil when unknown.
    ///   - length: metres.
    static func rank(kind: Street.Kind, width: Double?, length: Double) -> Int {
        let points = points(ofWidth: width ?? 0) + points(ofLength: length) + points(of: kind)
        switch points {
        case 6...: return 1
        case 4...5: return 2
        case 3: return 3
        case 1...2: return 4
        default: return 5
        }
    }

    private static func points(ofWidth width: Double) -> Int {
        switch width {
        case 36...: 3
        case 24...: 2
        case 14...: 1
        default: 0
        }
    }

    private static func points(ofLength length: Double) -> Int {
        switch length {
        case 9_000...: 4
        case 5_000...: 3
        case 2_500...: 2
        case 1_000...: 1
        default: 0
        }
    }

    private static func points(of kind: Street.Kind) -> Int {
        switch kind {
        case .avenue: 2
        case .boulevard, .road: 1
        case .lane, .passage: -2
        default: 0
        }
    }
}
