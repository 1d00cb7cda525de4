import Civic

/// Every limit of attachments; docs/operations.md lists the numbers.
public struct AttachmentLimits: Sendable, Equatable {
    /// What the tool for pictures may use, for each run.
    public struct Process: Sendable, Equatable {
        /// The address space, bytes.
        public var memory = 1_000_000_000
        /// The processor time, whole seconds.
        public var processorSeconds = 20
        /// The time from start to end.
        public var wallTime: Duration = .seconds(30)
        /// The largest file that it may write, bytes.
        public var outputBytes = 64_000_000
        /// How many runs there may be at once.
        public var concurrent = 2
        /// How many files may wait for a run; beyond them `AttachmentsError.busy` is thrown.
        public var waiting = 256

        /// The usual limits.
        public init() {}
    }

    /// The most bytes of one file as it was sent.
    public var fileBytes = 20_000_000
    /// The most files that one person may have at one time.
    public var personFiles = 1_000
    /// The most bytes that one person's files may have together, as they are stored.
    public var personBytes = 500_000_000
    /// The most bytes of all files, as they are stored.
    public var totalBytes = 100_000_000_000
    /// How much of the disk must stay free, bytes.
    public var leastFreeDisk = 2_000_000_000
    /// The most pixels of a picture as it was sent.
    public var pixels = 100_000_000
    /// The longest side of a picture as it is stored, pixels; larger ones are reduced.
    public var storedSide = 4_096
    /// The longest side of a thumbnail, pixels.
    public var thumbnailSide = 480
    /// What the tool for pictures may use.
    public var process = Process()
    /// The most entries of a document's archive.
    public var archiveEntries = 2_000
    /// The most bytes that a document's archive may unpack to.
    public var unpackedBytes = 200_000_000
    /// How many times larger than packed an entry of 1 MB or more may be unpacked.
    public var packingRatio = 200
    /// The time for one scan.
    public var scanTime: Duration = .seconds(30)
    /// How long a file waits for its second scan; each further one waits twice as long as the one before.
    public var firstScanRetry: Duration = .minutes(1)
    /// The longest time between two scans of a file.
    public var longestScanRetry: Duration = .hours(1)
    /// How long a file that nothing claims is kept.
    public var unclaimedLifetime: Duration = .hours(24 * 30)
    /// How old a file without a record must be before it is deleted.
    public var orphanAge: Duration = .hours(1)

    /// The usual limits.
    public init() {}

    /// How long a file waits after a number of scans without a verdict.
    func scanRetry(after attempts: Int) -> Duration {
        min(longestScanRetry, firstScanRetry * (1 << min(max(attempts - 1, 0), 16)))
    }
}
