import ArgumentParser
import Foundation

/// Runs `openalmaty-tools`, which the build puts next to this program.
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure the program (by openalmaty-tools; make bench measures its peers beside it).",
        helpNames: []
    )

    @Argument(parsing: .captureForPassthrough)
    var arguments: [String] = []

    func run() throws {
        let program = URL(filePath: Bundle.main.executablePath ?? CommandLine.arguments[0]).resolvingSymlinksInPath()
        let tools = program.deletingLastPathComponent().appending(path: "openalmaty-tools").path
        guard FileManager.default.isExecutableFile(atPath: tools) else {
            throw ValidationError("\(tools) is missing; build it with `swift build --product openalmaty-tools`.")
        }
        let words = [tools, "bench"] + arguments
        var pointers = words.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        // Returns only if the program cannot be started.
        execv(tools, &pointers)
        throw ValidationError("\(tools) cannot be started: \(String(cString: strerror(errno))).")
    }
}
