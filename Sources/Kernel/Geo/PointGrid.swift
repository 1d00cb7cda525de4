/// The cells of a `PointIndex`: flat, immutable, read through pointers so that a search costs no reference counting.
final class PointGrid: Sendable {
    /// One point in frame metres with its attribute bits; half a cache line.
    struct Record {
        let x, y, z: Double
        let mask: UInt64
    }

    /// Cells per side of a block, as a power of two.
    static let blockShift = 3

    let layout: PointGridLayout
    let count: Int
    /// The union of all attribute bits.
    let unionMask: UInt64

    /// Points in cell order, row by row from the south-west.
    // Unsafe only in the compiler's view: filled before `init` returns, never written again, freed with the object.
    nonisolated(unsafe) let records: UnsafePointer<Record>
    /// The same points in degrees.
    // Unsafe only in the compiler's view: filled before `init` returns, never written again, freed with the object.
    nonisolated(unsafe) let coordinates: UnsafePointer<Coordinate>
    /// The same points as positions in the input.
    // Unsafe only in the compiler's view: filled before `init` returns, never written again, freed with the object.
    nonisolated(unsafe) let indices: UnsafePointer<Int32>
    /// First point of each cell; one more entry than there are cells.
    // Unsafe only in the compiler's view: filled before `init` returns, never written again, freed with the object.
    nonisolated(unsafe) let starts: UnsafePointer<Int32>
    /// Union of attribute bits of each cell.
    // Unsafe only in the compiler's view: filled before `init` returns, never written again, freed with the object.
    nonisolated(unsafe) let cellMasks: UnsafePointer<UInt64>
    /// Union of attribute bits of each block.
    // Unsafe only in the compiler's view: filled before `init` returns, never written again, freed with the object.
    nonisolated(unsafe) let blockMasks: UnsafePointer<UInt64>
    /// Box in degrees around the points of each block; meaningless in an empty one.
    // Unsafe only in the compiler's view: filled before `init` returns, never written again, freed with the object.
    private nonisolated(unsafe) let blockBoxes: UnsafePointer<BoundingBox>

    init(
        layout: PointGridLayout,
        records: [Record],
        coordinates: [Coordinate],
        indices: [Int32],
        starts: [Int32]
    ) {
        self.layout = layout
        count = records.count
        self.records = UnsafePointer(copying: records)
        self.coordinates = UnsafePointer(copying: coordinates)
        self.indices = UnsafePointer(copying: indices)
        self.starts = UnsafePointer(copying: starts)
        var masks = [UInt64](repeating: 0, count: layout.cellCount)
        var blocks = [UInt64](repeating: 0, count: layout.blockCount)
        var boxes = [BoundingBox?](repeating: nil, count: layout.blockCount)
        for cell in 0..<layout.cellCount {
            let block = layout.block(ofCell: cell)
            for point in Int(starts[cell])..<Int(starts[cell + 1]) {
                masks[cell] |= records[point].mask
                let box = BoundingBox(coordinates[point])
                boxes[block] = boxes[block]?.union(box) ?? box
            }
            blocks[block] |= masks[cell]
        }
        cellMasks = UnsafePointer(copying: masks)
        blockMasks = UnsafePointer(copying: blocks)
        // An empty block gets a box which meets nothing.
        blockBoxes = UnsafePointer(
            copying: boxes.map { $0 ?? BoundingBox(west: .nan, south: .nan, east: .nan, north: .nan) }
        )
        unionMask = blocks.reduce(0, |)
    }

    deinit {
        records.deallocate()
        coordinates.deallocate()
        indices.deallocate()
        starts.deallocate()
        cellMasks.deallocate()
        blockMasks.deallocate()
        blockBoxes.deallocate()
    }

    /// Calls the body with the input position of every point in a closed box in degrees, in no order.
    func forEach(in box: BoundingBox, requiring mask: UInt64, _ body: (Int) -> Void) {
        for block in 0..<layout.blockCount
        where blockBoxes[block].intersects(box) && blockMasks[block] & mask == mask {
            let isWhole = box.contains(blockBoxes[block])
            for (first, last) in layout.cellRuns(ofBlock: block) {
                for point in Int(starts[first])..<Int(starts[last + 1])
                where records[point].mask & mask == mask && (isWhole || box.contains(coordinates[point])) {
                    body(Int(indices[point]))
                }
            }
        }
    }
}

extension UnsafePointer where Pointee: BitwiseCopyable {
    /// A copy of the elements in newly allocated memory; the owner of the pointer must deallocate it.
    init(copying elements: [Pointee]) {
        let memory = UnsafeMutablePointer<Pointee>.allocate(capacity: Swift.max(1, elements.count))
        memory.initialize(from: elements, count: elements.count)
        self.init(memory)
    }
}
