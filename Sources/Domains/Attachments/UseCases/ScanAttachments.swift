import Civic

/// Scans files that were taken while the scanner gave no verdict; until then nobody sees them.
public struct ScanAttachments: Sendable {
    /// What a run has done.
    public struct Report: Sendable, Equatable {
        /// How many files were found clean.
        public internal(set) var clean = 0
        /// How many were found infected and deleted.
        public internal(set) var infected = 0
        /// How many are to be scanned again.
        public internal(set) var postponed = 0
        /// Why the last of the postponed files is to be scanned again.
        public internal(set) var reason: String?
    }

    /// How many files are taken at a time.
    private static let batch = 10

    let store: any AttachmentStore
    let storage: FileStorage
    let scanner: (any VirusScanner)?
    let limits: AttachmentLimits
    let clock: WallClock
    let collector: ContentCollector

    /// Scans what is due; several processes may do so at once.
    ///
    /// Without a scanner nothing is released. It ends early when the scanner gives no verdict, because the next file would have to wait
    /// just as long.
    ///
    /// - Throws: what the store throws, or `AttachmentsError.fileSystem`.
    public func scanDue() async throws -> Report {
        var report = Report()
        guard let scanner else { return report }
        // A batch must be done before another process may take its files.
        let lease = limits.scanTime * (Self.batch + 1)
        while report.postponed == 0 {
            let due = try await store.claimScans(at: clock.now, limit: Self.batch, lease: lease)
            if due.isEmpty { break }
            for scan in due { try await settle(scan, by: scanner, &report) }
        }
        return report
    }

    private func settle(
        _ scan: AwaitedScan,
        by scanner: any VirusScanner,
        _ report: inout Report
    ) async throws {
        let id = scan.attachment.id
        do {
            switch try await scanner.scan(storage.url(of: scan.attachment.content.digest)) {
            case .clean:
                try await store.markAvailable(id)
                report.clean += 1
            case .infected(let finding):
                let contents = try await store.markInfected(id, finding: finding)
                try await collector.collect(contents.map(\.digest))
                report.infected += 1
            }
        } catch let error as AttachmentsError {
            // A missing content must not keep the others from being scanned either.
            try await store.postponeScan(id, until: clock.time(after: limits.scanRetry(after: scan.attempts)))
            report.postponed += 1
            report.reason = error.description
        }
    }
}
