import Subprocess

/// Runs a program on untrusted data: in a process of its own, with limits that the system enforces.
struct LimitedProcess {
    /// How a run ended.
    enum Ending: Equatable {
        /// It succeeded; the value is its standard output.
        case done(String)
        /// It exited with an error.
        case failed
        /// It exceeded a limit, or it crashed.
        case stopped
    }

    /// The exit code of prlimit(1) for a program that does not exist.
    private static let notFound: Int32 = 127
    /// The maximum size of the output, in bytes.
    private static let maxOutput = 1_000_000

    let limits: AttachmentLimits.Process
    /// Where the program may write; also its folder for temporary files.
    let folder: String

    /// Runs a program to its end, or until the time is over.
    ///
    /// Nothing of our environment is handed on. When our own process is killed, the limit of processor time ends the program.
    ///
    /// - Throws: `AttachmentsError.missingProgram`, or `CancellationError`.
    func run(_ program: String, _ arguments: [String]) async throws -> Ending {
        let bounds = [
            "--as=\(limits.memory)", "--cpu=\(limits.processorSeconds)", "--fsize=\(limits.outputBytes)",
            "--core=0", "--nofile=64", "--", program,
        ]
        let environment: [Environment.Key: String] = [
            "PATH": PicturePrograms.path, "TMPDIR": folder, "LC_ALL": "C.UTF-8",
            // Readers that are not fit for untrusted data are switched off, such as those of SVG and of ImageMagick.
            "VIPS_BLOCK_UNTRUSTED": "1", "VIPS_CONCURRENCY": "1",
            // Pictures that must be decoded as a whole stay in memory, where the limit of memory counts, and not in a temporary file.
            "VIPS_DISC_THRESHOLD": "\(limits.memory)",
        ]
        let ending: Ending?
        do {
            ending = try await within(limits.wallTime) {
                let result = try await Subprocess.run(
                    .name("prlimit"),
                    arguments: Arguments(bounds + arguments),
                    environment: .custom(environment),
                    output: .string(limit: Self.maxOutput),
                    error: .discarded
                )
                switch result.terminationStatus {
                case .exited(0): return .done(result.standardOutput)
                case .exited(Self.notFound): throw AttachmentsError.missingProgram(program)
                case .exited: return .failed
                default: return .stopped
                }
            }
        } catch let error as SubprocessError {
            switch error.code {
            case .executableNotFound: throw AttachmentsError.missingProgram("prlimit")
            case .outputLimitExceeded: return .failed
            default: throw AttachmentsError.missingProgram("prlimit (\(error))")
            }
        }
        return ending ?? .stopped
    }
}
