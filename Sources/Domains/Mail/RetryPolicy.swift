/// How fast mails are sent, and how often and for how long sending is tried.
public struct RetryPolicy: Sendable {
    /// How often the queue is polled when nothing was reported as queued.
    public let poll: Duration
    /// How many mails are sent concurrently.
    public let concurrency: Int
    /// How long a taken mail is reserved for its process; longer than sending one can take.
    public let lease: Duration
    /// The wait after the first try; it doubles with each further one.
    public let firstWait: Duration
    /// The longest wait.
    public let longestWait: Duration
    /// How often a mail is tried; with the default waits this takes about 18 hours.
    public let attempts: Int
    /// How long a given-up mail is kept for staff.
    public let keepsGivenUp: Duration

    /// Makes a policy; the defaults suit a portal with a mail server of its own.
    public init(
        poll: Duration = .seconds(5),
        concurrency: Int = 4,
        lease: Duration = .seconds(300),
        firstWait: Duration = .seconds(60),
        longestWait: Duration = .seconds(7_200),
        attempts: Int = 15,
        keepsGivenUp: Duration = .seconds(7 * 86_400)
    ) {
        (self.poll, self.concurrency, self.lease) = (poll, concurrency, lease)
        (self.firstWait, self.longestWait) = (firstWait, longestWait)
        (self.attempts, self.keepsGivenUp) = (attempts, keepsGivenUp)
    }

    /// The furthest ahead that a mail may be due: after the longest wait with its spread, or at the end of a lease.
    var furthest: Duration { max(longestWait * 1.2, lease) }

    /// The wait after a try, counted from 1: doubled each time up to the longest, and varied by up to a fifth either way so that
    /// mails which failed together are not all tried again together.
    func wait(after attempt: Int, using generator: inout some RandomNumberGenerator) -> Duration {
        let doublings = min(max(attempt - 1, 0), 30)
        return min(firstWait * (1 << doublings), longestWait) * Double.random(in: 0.8...1.2, using: &generator)
    }
}
