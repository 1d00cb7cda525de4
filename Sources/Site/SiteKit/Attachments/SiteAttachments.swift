package import Attachments
package import Civic
package import Hummingbird
package import Logging

/// Attachments as the pages of all features use them.
///
/// A file of a form becomes an attachment in the step that uploads it. A feature that accepts the form claims the attachments in
/// the transaction of its record; what nothing has claimed is deleted with the unfinished form.
package struct SiteAttachments: Sendable {
    /// What happened to a file of a form.
    enum Outcome {
        /// It is stored and recorded.
        case taken(KeptAttachment)
        /// It was not taken.
        case refused(AttachmentRefusal)
    }

    /// What can be done with attachments.
    package let useCases: AttachmentUseCases
    let metrics: AttachmentMetrics
    private let logger: Logger

    init(_ useCases: AttachmentUseCases, metrics: AttachmentMetrics, logger: Logger) {
        (self.useCases, self.metrics, self.logger) = (useCases, metrics, logger)
    }

    /// Takes a file of a form.
    ///
    /// - Throws: `CivicError.storeBusy` when too many pictures are waiting; `CivicError.storeUnwritable` when the file cannot be stored,
    ///   after logging the reason; what the store throws.
    func take(_ file: UploadedFile, from owner: FormOwner) async throws -> Outcome {
        do {
            switch try await useCases.take.take(file.url, named: file.name, from: owner.person) {
            case .taken(let attachment, let position):
                metrics.count(.taken)
                return .taken(KeptAttachment(attachment, position: position))
            case .refused(let refusal):
                metrics.count(.refused(refusal))
                return .refused(refusal)
            }
        } catch AttachmentsError.busy {
            metrics.count(.busy)
            throw CivicError.storeBusy
        } catch let error as AttachmentsError {
            metrics.count(.failed)
            logger.error("A file could not be attached", metadata: ["error": "\(error)"])
            throw CivicError.storeUnwritable(error.description)
        }
    }

    /// Scans the files that are due, and counts what was found.
    ///
    /// - Throws: what the store throws, or `AttachmentsError.fileSystem`.
    func scanDue() async throws -> ScanAttachments.Report {
        let report = try await useCases.scan.scanDue()
        metrics.count(.foundClean, times: report.clean)
        metrics.count(.foundInfected, times: report.infected)
        metrics.count(.scanPostponed, times: report.postponed)
        return report
    }

    /// Measures the totals of all files and the free space on the disk.
    ///
    /// - Throws: what the store throws, or `AttachmentsError.fileSystem`.
    func measure() async throws {
        let stored = try await useCases.read.usage()
        metrics.measure(stored, freeBytes: try useCases.read.freeBytes())
    }

    /// What is to be deleted at the start and every hour.
    func sweeps(_ files: KeptFiles) -> [Sweep] {
        [
            Sweep(failure: "Expired attachments not deleted") {
                await deleteReleased(by: files)
                _ = try await useCases.delete.deleteUnclaimed()
            },
            Sweep(failure: "The store of attachments is not sound") {
                let report = try await useCases.mend.mend()
                if report.orphans + report.leftovers > 0 {
                    logger.notice(
                        "What an ended process left of attachments was deleted",
                        metadata: ["contents": "\(report.orphans)", "unfinished": "\(report.leftovers)"]
                    )
                }
                let lost = report.remaining.missing.count + report.remaining.wrongSize.count
                if lost > 0 { throw AttachmentsError.lostContents(lost) }
            },
        ]
    }

    /// Deletes the records of kept files that were deleted, unless something has claimed them.
    ///
    /// What cannot be deleted now expires.
    func deleteReleased(by files: KeptFiles) async {
        let ids = files.released.takeAll()
        guard !ids.isEmpty else { return }
        do { try await useCases.delete.deleteUnclaimed(ids) } catch {
            logger.warning("Attachments of deleted forms stay until they expire", metadata: ["error": "\(error)"])
        }
    }

    /// The file of an attachment, as a response that is safe to serve.
    ///
    /// - Parameter id: an attachment that the visitor may see, as the caller has decided.
    /// - Throws: `Problem.notFound` when it has no such variant, awaits its scan, or is gone.
    package func response(
        for id: AttachmentID,
        as variant: AttachmentDelivery.Variant,
        to request: Request
    ) async throws -> Response {
        guard let attachment = try await useCases.read.attachment(id),
            let delivery = AttachmentDelivery(attachment, as: variant)
        else { throw Problem.notFound }
        do {
            return try await AttachmentAnswer(delivery).response(to: request, from: useCases.read)
        } catch let error as AttachmentsError {
            logger.error("An attachment cannot be served", metadata: ["error": "\(error)"])
            throw Problem.notFound
        }
    }
}
