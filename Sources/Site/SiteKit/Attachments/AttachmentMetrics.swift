import Attachments
import Synchronization

/// Counts what happened to files, and what the scanner found, in the Prometheus text format.
final class AttachmentMetrics: Sendable {
    /// What happened to a file.
    enum Event {
        /// It is stored.
        case taken
        /// It was refused.
        case refused(AttachmentRefusal)
        /// Too many pictures were waiting.
        case busy
        /// It could not be stored.
        case failed
        /// A later scan found nothing in a file that had waited for it.
        case foundClean
        /// A later scan found something.
        case foundInfected
        /// A scan gave no verdict.
        case scanPostponed

        /// The label; never what a file holds or how large it is.
        var label: String {
            switch self {
            case .taken: "taken"
            case .refused(let refusal): "refused_" + refusal.word
            case .busy: "busy"
            case .failed: "failed"
            case .foundClean: "found_clean"
            case .foundInfected: "found_infected"
            case .scanPostponed: "scan_postponed"
            }
        }
    }

    private struct State {
        var counts: [String: Int] = [:]
        var stored: StorageUsage?
        var freeBytes: Int?
    }

    private let state = Mutex(State())

    /// Counts events.
    func count(_ event: Event, times: Int = 1) {
        guard times > 0 else { return }
        state.withLock { $0.counts[event.label, default: 0] += times }
    }

    /// Records the totals of all files and the free space on the disk.
    func measure(_ stored: StorageUsage, freeBytes: Int) {
        state.withLock { ($0.stored, $0.freeBytes) = (stored, freeBytes) }
    }

    /// The lines; empty before anything was counted.
    var text: String {
        let state = state.withLock { $0 }
        var text = ""
        if !state.counts.isEmpty {
            text += """
                # HELP openalmaty_attachments_total Files of forms and later scans, by what became of them.
                # TYPE openalmaty_attachments_total counter

                """
        }
        for (label, count) in state.counts.sorted(by: { $0.key < $1.key }) {
            text += "openalmaty_attachments_total{outcome=\"\(label)\"} \(count)\n"
        }
        func gauge(_ name: String, _ help: String, _ value: Int?) {
            guard let value else { return }
            text += "# HELP openalmaty_\(name) \(help)\n# TYPE openalmaty_\(name) gauge\nopenalmaty_\(name) \(value)\n"
        }
        gauge("attachment_files", "Files that are stored.", state.stored?.files)
        gauge("attachment_bytes", "Bytes of the files that are stored.", state.stored?.bytes)
        gauge("attachment_disk_free_bytes", "Bytes that the disk of the attachments has left.", state.freeBytes)
        return text
    }
}

extension AttachmentRefusal {
    /// A stable word for its kind.
    fileprivate var word: String {
        switch self {
        case .empty: "empty"
        case .tooLarge: "too_large"
        case .unknownFormat: "unknown_format"
        case .mixedContent: "mixed_content"
        case .damaged: "damaged"
        case .tooManyPixels: "too_many_pixels"
        case .unreadableHEIC: "unreadable_heic"
        case .tooDemanding: "too_demanding"
        case .overpacked: "overpacked"
        case .macros: "macros"
        case .infected: "infected"
        case .tooManyFiles, .personQuota: "quota"
        case .storageFull: "storage_full"
        }
    }
}
