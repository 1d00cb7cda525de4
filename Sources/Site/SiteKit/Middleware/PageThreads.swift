import NIOPosix

/// Threads on which pages are rendered, separate from the event loops.
///
/// Rendering a page takes about a millisecond. On an event loop it would delay every tile queued behind it by as much, so
/// under many page requests the slowest tiles would be those behind pages.
final class PageThreads: TaskExecutor {
    private let pool: NIOThreadPool

    /// Starts the threads.
    init(count: Int) {
        pool = NIOThreadPool(numberOfThreads: max(1, count))
        pool.start()
    }

    deinit {
        // The threads retain the pool and end once their work is done.
        pool.shutdownGracefully { _ in }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedTaskExecutor()
        pool.submit { _ in job.runSynchronously(on: executor) }
    }
}
