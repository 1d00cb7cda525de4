import Attachments
import Console
import Foundation
import Portal
import SQLiteStore
import SiteKit

/// Whether the files of attachments and their records agree, and whether the files are what they were when they were stored.
struct AttachmentCheck {
    /// How many files a finding names.
    private static let maxNamed = 5

    let settings: Settings
    /// Whether to delete files without a record, and to repair records whose files are lost.
    let mends: Bool

    /// The findings.
    ///
    /// - Throws: `StoreError` that names the database, `AttachmentsError.fileSystem`.
    func findings() async throws -> [DatabaseFinding] {
        let folder = settings.attachments.folder
        let exists = FileManager.default.fileExists(atPath: folder.path)
        let opened =
            mends && exists
            ? try OpenedAttachments.making(settings, OpenedPortal.existing(settings))
            : try OpenedAttachments.reading(settings)
        let usage = try await opened.useCases.read.usage()
        guard exists else {
            return [
                DatabaseFinding(
                    subject: "attachments: folder",
                    passed: usage.files == 0,
                    detail: usage.files == 0
                        ? "none yet"
                        : "\(folder.path) does not exist, but \(usage.files) files are recorded; is its disk mounted?"
                )
            ]
        }
        return mends ? try await mended(opened.useCases, usage) : try await checked(opened.useCases, usage)
    }

    private func checked(_ attachments: AttachmentUseCases, _ usage: StorageUsage) async throws -> [DatabaseFinding] {
        let found = try await attachments.mend.check()
        let damaged = try await attachments.repair.damaged()
        return [
            finding(
                "attachments: files without a record",
                found.orphans,
                "none",
                "left by an ended process; the server deletes them, or check --mend"
            ),
            finding(
                "attachments: records have their files",
                found.missing + found.wrongSize,
                "\(usage.files) files, \(usage.bytes) bytes",
                "missing or of another size; a backup may have them, check --mend mends what it can"
            ),
            finding("attachments: contents", damaged, "all as stored", "changed since they were stored; check --mend"),
        ]
    }

    private func mended(_ attachments: AttachmentUseCases, _ usage: StorageUsage) async throws -> [DatabaseFinding] {
        let report = try await attachments.mend.mend()
        let damaged = try await attachments.repair.damaged()
        let missing = report.remaining.missing + report.remaining.wrongSize
        let repaired = try await attachments.repair.repair(damaged: damaged, missing: missing)
        return [
            DatabaseFinding(
                subject: "attachments: files without a record",
                passed: true,
                detail: "\(report.orphans) deleted, and \(report.leftovers) unfinished"
            ),
            DatabaseFinding(
                subject: "attachments: contents",
                passed: true,
                detail: "\(repaired.damaged) deleted that had changed since they were stored"
            ),
            DatabaseFinding(
                subject: "attachments: records have their files",
                passed: repaired.lost.isEmpty,
                detail:
                    "\(repaired.deleted) records of unfinished forms deleted, \(repaired.withoutThumbnail) pictures without "
                    + "their thumbnail"
                    + (repaired.lost.isEmpty
                        ? ""
                        : "; lost until a backup brings them back: "
                            + named(repaired.lost.map(\.rawValue)))
            ),
        ]
    }

    private func finding(
        _ subject: String,
        _ digests: [FileDigest],
        _ sound: String,
        _ remedy: String
    ) -> DatabaseFinding {
        let detail = digests.isEmpty ? sound : "\(digests.count) \(remedy): \(named(digests.map(\.rawValue)))"
        return DatabaseFinding(subject: subject, passed: digests.isEmpty, detail: detail)
    }

    private func named(_ names: [String]) -> String {
        names.prefix(Self.maxNamed).joined(separator: ", ") + (names.count > Self.maxNamed ? ", …" : "")
    }
}
