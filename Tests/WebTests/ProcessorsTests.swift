import Foundation
import Testing

@testable import Web

@Suite struct ProcessorsTests {
    @Test("As many as nproc says that a process may use")
    func available() throws {
        let pipe = Pipe()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/nproc")
        process.environment = [:]
        process.standardOutput = pipe
        try process.run()
        let output = try #require(try pipe.fileHandleForReading.readToEnd())
        process.waitUntilExit()
        let told = Int(String(decoding: output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
        #expect(Processors.available == told)
    }

    @Test(
        "The mask of allowed processors is counted over its groups",
        arguments: [
            ("Name:\tx\nCpus_allowed:\t3\nCpus_allowed_list:\t0-1\n", 2),
            ("Cpus_allowed:\tf,ffff0000\n", 20), ("Cpus_allowed:\t00000000,00000001\n", 1), ("Name:\tx\n", nil),
        ] as [(String, Int?)]
    )
    func masks(status: String, count: Int?) {
        #expect(Processors.allowed(in: status) == count)
    }
}
