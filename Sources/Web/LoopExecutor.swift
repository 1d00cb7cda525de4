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

    /// Puts a part of a task into the queue of a loop.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedTaskExecutor()
        // The current loop, when this is one of them.
        loops.any().execute { job.runSynchronously(on: executor) }
    }
}
