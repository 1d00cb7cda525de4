import NIOCore
import NIOPosix

/// Runs tasks on the server's event loops, preferably on the loop that wakes them.
///
/// When a task prefers an executor, its function calls follow each other without suspension. Without one, each nonisolated
/// function would go through the queue of its loop again, several times a request.
public final class LoopExecutor: TaskExecutor {
    private let loops: MultiThreadedEventLoopGroup

    /// Uses the process-wide event loops.
    public init() { loops = .singleton }

    /// Pins each event loop to a processor of its own when there are as many processors as loops.
    ///
    /// Otherwise the scheduler may put two busy loops on one processor while another hashes passwords: it sees no idle
    /// processor, so until its next tick, milliseconds later, the loops wait for each other and the slowest tiles take ten
    /// times as long. A program that has only a share of many processors is not pinned, because other programs would be
    /// pinned to the same ones.
    ///
    /// Threads that a loop starts inherit its processor. Start threads that do long work first: call this last.
    public func holdLoops() {
        // Otherwise the first loop that needs the shared threads would start them and pin them.
        _ = NIOThreadPool.singleton
        let loops = Array(loops.makeIterator())
        guard loops.count > 1, let processors = Processors.numbers, processors.count == loops.count else { return }
        for (loop, number) in zip(loops, processors) { loop.execute { Processors.hold(to: number) } }
    }

    /// Queues a job on an event loop.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedTaskExecutor()
        // This is the current loop if it is one of ours.
        loops.any().execute { job.runSynchronously(on: executor) }
    }
}
