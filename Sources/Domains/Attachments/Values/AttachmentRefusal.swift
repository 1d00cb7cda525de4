public import Civic

/// Why a file was not taken; each case carries what its message needs.
public enum AttachmentRefusal: Sendable, Equatable {
    /// It has no content.
    case empty
    /// It is larger than the limit, bytes.
    case tooLarge(limit: Int)
    /// Its content is of no accepted format.
    case unknownFormat
    /// Its content claims a format and is something else as well, or instead.
    case mixedContent(FileFormat)
    /// It is of the format but cannot be read to its end.
    case damaged(FileFormat)
    /// The picture has more pixels than the limit.
    case tooManyPixels(limit: Int)
    /// A HEIC picture cannot be converted here; the person can send it as JPEG.
    case unreadableHEIC
    /// Reading it takes more memory or time than a file may take.
    case tooDemanding(FileFormat)
    /// A document unpacks to far more than it should.
    case overpacked
    /// A document brings programs.
    case macros
    /// The scanner found what is named.
    case infected(finding: String)
    /// The person already has as many files as the limit.
    case tooManyFiles(limit: Int)
    /// The person's files would be larger together than the limit, bytes.
    case personQuota(limit: Int)
    /// All files together, or the disk, leave no room.
    case storageFull
}
