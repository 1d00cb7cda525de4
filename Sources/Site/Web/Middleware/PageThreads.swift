import NIOPosix

/// Threads on which pages are made, beside those that serve.
///
/// A page is filled in within about a millisecond: on an event loop every tile behind it would wait as long, and with
/// many pages at once the slowest tiles are those behind pages.
final class PageThreads: TaskExecutor {
    private let pool: NIOThreadPool

    /// Starts the threads.
    init(count: Int) {
        pool = NIOThreadPool(numberOfThreads: max(1, count))
        pool.start()
    }

    deinit {
        // The threads hold the pool itself and end once their work is done.
        pool.shutdownGracefully { _ in }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedTaskExecutor()
        pool.submit { _ in job.runSynchronously(on: executor) }
    }
}
