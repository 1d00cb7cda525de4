/// A static R-tree over boxes in degrees, packed along the Hilbert curve into flat arrays, sixteen boxes a node.
///
/// Leaves come first, then each level above, the root last. Results are positions in the array it was built
/// from. Source: Kamel and Faloutsos, "On packing R-trees" (1993); layout after V. Agafonkin's flatbush.
public struct PackedRTree: Sendable {
    @usableFromInline static let nodeSize = 16

    /// The box of every item and node: items in Hilbert order, then the nodes level by level.
    @usableFromInline let boxes: [BoundingBox]
    /// For an item its position in the input, for a node the position of its first child in `boxes`.
    @usableFromInline let references: [Int32]
    /// Where each level ends in `boxes`, items first.
    @usableFromInline let levelEnds: [Int]
    /// Lower bound of cos φ over everything stored, for distance bounds.
    let smallestCosine: Double

    /// Number of boxes indexed.
    public let count: Int

    /// The box around everything stored, nil when empty.
    public var boundingBox: BoundingBox? { boxes.last }

    /// Builds the tree; O(n log n).
    public init(_ items: [BoundingBox]) {
        count = items.count
        guard let first = items.first else {
            (boxes, references, levelEnds, smallestCosine) = ([], [], [], 0)
            return
        }
        let extent = items.dropFirst().reduce(first) { $0.union($1) }
        let order = Self.hilbertOrder(of: items, within: extent)
        var boxes = order.map { items[Int($0)] }
        var references = order
        var ends = [boxes.count]
        var start = 0
        repeat {
            let end = boxes.count
            for child in stride(from: start, to: end, by: Self.nodeSize) {
                let children = boxes[child..<min(child + Self.nodeSize, end)]
                boxes.append(children.dropFirst().reduce(boxes[child]) { $0.union($1) })
                references.append(Int32(child))
            }
            ends.append(boxes.count)
            start = end
        } while ends[ends.count - 1] - start > 1
        self.boxes = boxes
        self.references = references
        levelEnds = ends
        smallestCosine = max(0, cosine(max(abs(extent.south), abs(extent.north)).radians))
    }

    /// Positions of the items sorted by the Hilbert index of their box centres.
    private static func hilbertOrder(of items: [BoundingBox], within extent: BoundingBox) -> [Int32] {
        func scaled(_ value: Double, _ low: Double, _ size: Double) -> UInt32 {
            guard size > 0 else { return 0 }
            return UInt32(min(HilbertCurve.side - 1, max(0, (value - low) / size * (HilbertCurve.side - 1))))
        }
        let keys = items.enumerated().map { position, box in
            let x = scaled(box.center.longitude, extent.west, extent.width)
            let y = scaled(box.center.latitude, extent.south, extent.height)
            // Key above, position below: one plain integer sort, stable by construction.
            return UInt64(HilbertCurve.index(x: x, y: y)) << 32 | UInt64(UInt32(position))
        }
        return keys.sorted().map { Int32(truncatingIfNeeded: $0) }
    }

    /// Positions in the input of all boxes which share a point with the given closed box, ascending.
    public func search(_ box: BoundingBox) -> [Int] {
        var found: [Int] = []
        forEach(in: box) { found.append($0) }
        return found.sorted()
    }

    /// Calls the body with the input position of every box which shares a point with the given one, in no order.
    @inlinable
    public func forEach(in box: BoundingBox, _ body: (Int) -> Void) {
        guard let root = boxes.last, root.intersects(box) else { return }
        var pending = [boxes.count - 1]
        while let node = pending.popLast() {
            let first = Int(references[node])
            for child in first..<endOfNode(startingAt: first) where boxes[child].intersects(box) {
                if child < count { body(Int(references[child])) } else { pending.append(child) }
            }
        }
    }

    /// One past the last child of the node whose children start here.
    @inlinable
    func endOfNode(startingAt first: Int) -> Int {
        var end = first + Self.nodeSize
        for levelEnd in levelEnds where levelEnd > first {
            end = min(end, levelEnd)
            break
        }
        return end
    }
}
