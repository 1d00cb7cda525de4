import NIOCore
import NIOPosix

/// Runs tasks on the event loops of the server: on the loop that wakes them, if one does.
///
/// Where a task prefers an executor, its functions follow one another without a pause. Without that, each function that
/// is bound to no actor would go through the queue of its loop once more, several times a request.
public final class LoopExecutor: TaskExecutor {
    private let loops: MultiThreadedEventLoopGroup

    /// Uses the loops that the whole program shares.
    public init() { loops = .singleton }

    /// Gives each loop a processor of its own, when there are as many as loops.
    ///
    /// Left to itself the system puts two busy loops on one processor while another hashes passwords: it sees no processor
    /// at rest, so that until its next tick, milliseconds later, each loop waits for the other, and the slowest tiles are
    /// ten times as slow. A program that has but a share of many processors is not held: others would be held to the same.
    ///
    /// Threads that a loop starts are held with it. Those that do long work are therefore started before: call this last.
    public func holdLoops() {
        // Otherwise the first loop that needs the shared threads would start them.
        _ = NIOThreadPool.singleton
        let loops = Array(loops.makeIterator())
        guard loops.count > 1, let processors = Processors.numbers, processors.count == loops.count else { return }
        for (loop, number) in zip(loops, processors) { loop.execute { Processors.hold(to: number) } }
    }

    /// Puts a part of a task into the queue of a loop.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedTaskExecutor()
        // The current loop, when this is one of them.
        loops.any().execute { job.runSynchronously(on: executor) }
    }
}
