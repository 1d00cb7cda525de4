/// Failures of the attachments as a whole; what is wrong with a single file is an `AttachmentRefusal`.
public enum AttachmentsError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A file or folder of the attachments cannot be read or written; the code is an `errno` value.
    case fileSystem(path: String, reason: String)
    /// A program that pictures need is not installed or cannot be run.
    case missingProgram(String)
    /// The queue of pictures to process is full; a later attempt may succeed.
    case busy
    /// The scanner did not answer, or answered something other than a verdict.
    case scannerUnavailable(String)
    /// So many contents that records refer to are missing or have another size; only a backup can bring them back.
    case lostContents(Int)
    /// The setting that names the scanner is malformed.
    case malformedScanner(String)

    /// The reason and what to do; never personal data.
    public var description: String {
        switch self {
        case .fileSystem(let path, let reason): "\(path) cannot be used: \(reason)"
        case .missingProgram(let name):
            "the program \(name) cannot be run; install the packages libvips-tools and util-linux"
        case .busy: "too many pictures are being processed at the moment; try again shortly"
        case .scannerUnavailable(let reason): "the virus scanner gave no verdict: \(reason)"
        case .lostContents(let count):
            "contents of \(count) files are missing or of another size; openalmaty check lists them, and a backup may have them"
        case .malformedScanner(let text):
            "\(text) names no scanner; write unix:/run/clamav/clamd.ctl or tcp:127.0.0.1:3310"
        }
    }
}
