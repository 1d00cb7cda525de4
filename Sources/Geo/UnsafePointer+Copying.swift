extension UnsafePointer where Pointee: BitwiseCopyable {
    /// A copy of the elements in memory of its own, which whoever keeps the pointer must deallocate.
    init(copying elements: [Pointee]) {
        let memory = UnsafeMutablePointer<Pointee>.allocate(capacity: Swift.max(1, elements.count))
        memory.initialize(from: elements, count: elements.count)
        self.init(memory)
    }
}
