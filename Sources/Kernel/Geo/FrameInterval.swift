/// Where points lie along one axis of a frame, in metres: all of them, and the bulk of them.
struct FrameInterval {
    /// From the lowest to the highest number.
    let full: ClosedRange<Double>
    /// The same, but without a few stragglers if they would stretch it several times over.
    let bulk: ClosedRange<Double>

    /// How many points in a thousand may be stragglers at either end.
    private static let stragglersPerThousand = 2

    /// The interval which holds the numbers; 0...0 when there are none.
    static func holding(_ numbers: [Double]) -> FrameInterval {
        let sorted = numbers.sorted()
        guard let low = sorted.first, let high = sorted.last else { return FrameInterval(full: 0...0, bulk: 0...0) }
        let cut = sorted.count * stragglersPerThousand / 1000
        let (first, last) = (sorted[cut], sorted[sorted.count - 1 - cut])
        // One misplaced point must not put a whole city into one cell.
        guard high - low > 4 * (last - first), last > first else {
            return FrameInterval(full: low...high, bulk: low...high)
        }
        let margin = (last - first) / 4
        return FrameInterval(full: low...high, bulk: max(low, first - margin)...min(high, last + margin))
    }
}
