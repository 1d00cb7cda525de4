/// Limits how many pieces of work run at once, and how many wait for a slot.
actor ProcessSlots {
    private let maxWaiting: Int
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// - Parameters:
    ///   - concurrent: the maximum number that run at once.
    ///   - waiting: the maximum number that wait.
    init(concurrent: Int, waiting: Int) { (free, maxWaiting) = (concurrent, waiting) }

    /// Runs work when a slot is free, first come, first served.
    ///
    /// - Throws: `AttachmentsError.busy` when the queue is full, else what the work throws.
    func run<Value: Sendable>(_ work: @Sendable () async throws -> Value) async throws -> Value {
        try await enter()
        defer { leave() }
        try Task.checkCancellation()
        return try await work()
    }

    private func enter() async throws(AttachmentsError) {
        if free > 0 {
            free -= 1
            return
        }
        guard waiting.count < maxWaiting else { throw .busy }
        // The slot of the one that leaves is handed over, so a newcomer cannot take it in between.
        await withCheckedContinuation { waiting.append($0) }
    }

    private func leave() {
        guard !waiting.isEmpty else {
            free += 1
            return
        }
        waiting.removeFirst().resume()
    }
}
