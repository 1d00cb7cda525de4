import Attachments
import Civic

/// Why a file did not become an attachment.
extension Strings {
    /// The message about a file that was not taken.
    ///
    /// - Parameter name: the name of the file for display.
    func fault(_ refusal: AttachmentRefusal, name: String, of rule: FileRules.Field) -> String {
        text("file_fault", ["name": name, "fault": reason(refusal, of: rule)])
    }

    private func reason(_ refusal: AttachmentRefusal, of rule: FileRules.Field) -> String {
        switch refusal {
        case .empty: self["file_empty"]
        case .tooLarge(let limit): text("file_too_large", ["limit": size(limit)])
        case .unknownFormat: otherFormat(than: rule.formats)
        case .mixedContent(let format): text("file_mixed", ["format": format.label])
        case .damaged(let format): text("file_damaged", ["format": format.label])
        case .tooManyPixels(let limit): text("file_pixels", ["n": number(limit / 1_000_000)])
        case .unreadableHEIC: self["file_heic"]
        case .tooDemanding: self["file_demanding"]
        case .overpacked: self["file_overpacked"]
        case .macros: self["file_macros"]
        case .infected(let finding): text("file_infected", ["finding": finding])
        case .tooManyFiles(let limit): text("file_quota_files", ["n": number(limit)])
        case .personQuota(let limit): text("file_quota_bytes", ["limit": size(limit)])
        case .storageFull: self["file_storage_full"]
        }
    }
}
