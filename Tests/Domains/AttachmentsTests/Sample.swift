import Foundation
import TestSupport

/// Files made and judged by the Python script beside the Python tests.
enum Sample {
    private static let script = ProductFolder.url.appending(path: "Tests/Python/attachments/samples.py").path
    // Debian's own, which has Pillow (python3-pil); another one on the PATH may not.
    private static let python = "/usr/bin/python3"

    /// Makes the sample of a name in a folder.
    static func make(_ name: String, in folder: URL) async throws -> URL {
        let url = folder.appending(path: name)
        _ = try await Command.run(python, [script, "make", name, url.path])
        return url
    }

    /// What is wrong with a stored picture, by Pillow and exiftool.
    static func faults(of stored: URL, sentAs sent: URL) async throws -> [String] {
        let output = try await Command.run(python, [script, "judge", sent.path, stored.path])
        return try JSONDecoder().decode([String].self, from: output)
    }
}

/// A program that a test runs to its end.
enum Command {
    struct Failure: Error { let message: String }

    static func run(_ program: String, _ arguments: [String]) async throws -> Data {
        // On a thread of its own: those of tasks are few, and other tests need them meanwhile.
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try runToEnd(program, arguments) })
            }
        }
    }

    private static func runToEnd(_ program: String, _ arguments: [String]) throws -> Data {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let (output, errors) = (Pipe(), Pipe())
        (process.standardOutput, process.standardError) = (output, errors)
        try process.run()
        // Programs of tests print less than a pipe holds, so that one can be read after the other.
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        let message = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(message: String(decoding: message, as: UTF8.self)) }
        return data
    }
}
