import Civic

/// Decides from a file's content what it is, and whether it is nothing else as well.
struct ContentInspector {
    /// What an inspection found.
    enum Finding: Equatable {
        /// A file of the format; a picture is still to be decoded.
        case format(FileFormat)
        /// A file that is not taken.
        case refused(AttachmentRefusal)
    }

    /// How many bytes at the end of a PDF must hold its last marker, as Acrobat requires.
    private static let tail = 1_024
    /// The size from which the packing ratio of an entry is limited, bytes; small entries full of spaces pack better than any picture.
    private static let notablySized = 1_000_000

    let limits: AttachmentLimits

    /// Inspects a file.
    ///
    /// - Throws: `AttachmentsError.fileSystem`.
    func inspect(_ file: OpenFile) throws -> Finding {
        guard file.size > 0 else { return .refused(.empty) }
        guard file.size <= limits.fileBytes else { return .refused(.tooLarge(limit: limits.fileBytes)) }
        guard let format = FileFormat.of(try file.bytes(at: 0, count: FileFormat.prefixLength)) else {
            return .refused(.unknownFormat)
        }
        let found: AttachmentRefusal? =
            switch format {
            // Pictures are encoded anew, so that nothing but their pixels remains.
            case .jpeg, .png, .webp, .heic: nil
            case .pdf: try refusal(ofPDF: file)
            case .docx: try refusal(ofDocument: file)
            // Signatures are verified and kept with what they sign.
            case .cms: .unknownFormat
            }
        return found.map { .refused($0) } ?? .format(format)
    }

    private func refusal(ofPDF file: OpenFile) throws -> AttachmentRefusal? {
        // An archive is read from its end, so a file can be a PDF and an archive at once.
        if try ZipDirectory.end(of: file) != nil { return .mixedContent(.pdf) }
        let tail = try file.bytes(at: max(0, file.size - Self.tail), count: Self.tail)
        let isComplete = ["startxref", "%%EOF"].allSatisfy { tail.firstRange(of: Array($0.utf8)) != nil }
        return isComplete ? nil : .damaged(.pdf)
    }

    private func refusal(ofDocument file: OpenFile) throws -> AttachmentRefusal? {
        let directory: ZipDirectory
        do {
            directory = try ZipDirectory(of: file, maxEntries: limits.archiveEntries)
        } catch let fault as ZipDirectory.Fault {
            switch fault {
            case .malformed, .unsupported: return .damaged(.docx)
            case .tooManyEntries: return .overpacked
            }
        }
        let names = directory.entries.map { $0.name.lowercased() }
        guard names.contains("[content_types].xml"), names.contains(where: isMainPart) else { return .unknownFormat }
        if names.contains(where: { $0.hasSuffix("vbaproject.bin") || $0.contains("/activex/") }) { return .macros }
        let unpacked = directory.entries.reduce(0) { $0 + $1.unpacked }
        let isOverpacked = directory.entries.contains {
            $0.unpacked >= Self.notablySized && $0.unpacked > $0.packed * limits.packingRatio
        }
        return isOverpacked || unpacked > limits.unpackedBytes ? .overpacked : nil
    }

    // Some editors number the main part: word/document2.xml.
    private func isMainPart(_ name: String) -> Bool { name.hasPrefix("word/document") && name.hasSuffix(".xml") }
}
