import Foundation
import Testing

/// The `openssl` program, which makes what is verified and judges it independently.
struct OpenSSL {
    let folder: URL

    struct Failure: Error { let words: String }

    /// Runs it and returns what it prints.
    @discardableResult
    func run(_ arguments: String...) throws -> Data { try run(arguments) }

    @discardableResult
    func run(_ arguments: [String]) throws -> Data {
        let (status, output, errors) = try answer(arguments)
        guard status == 0 else { throw Failure(words: "openssl \(arguments.joined(separator: " ")): \(errors)") }
        return output
    }

    /// The exit status, the output and the errors.
    func answer(_ arguments: [String]) throws -> (Int32, Data, String) {
        let process = Process()
        let (output, errors) = (Pipe(), folder.appending(path: "errors-\(UUID().uuidString)"))
        FileManager.default.createFile(atPath: errors.path, contents: nil)
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let words = try String(contentsOf: errors, encoding: .utf8)
        try FileManager.default.removeItem(at: errors)
        return (process.terminationStatus, data, words)
    }

    func write(_ name: String, _ bytes: some Sequence<UInt8>) throws {
        try Data(bytes).write(to: folder.appending(path: name))
    }

    func read(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appending(path: name))) }

    func path(_ name: String) -> String { folder.appending(path: name).path }
}
