import Foundation
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct ProcessorsTests {
    @Test("The number equals what nproc reports")
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
        "The mask of allowed processors is read across its groups",
        arguments: [
            ("Name:\tx\nCpus_allowed:\t3\nCpus_allowed_list:\t0-1\n", [0, 1]),
            ("Cpus_allowed:\tf,00050000\n", [16, 18, 32, 33, 34, 35]),
            ("Cpus_allowed:\t00000000,00000001\n", [0]), ("Name:\tx\n", nil),
        ] as [(String, [Int]?)]
    )
    func masks(status: String, numbers: [Int]?) {
        #expect(Processors.allowed(in: status) == numbers)
    }

    @Test("A pinned thread runs on one processor, and others are not affected")
    func hold() async throws {
        let numbers = try #require(Processors.numbers)
        let last = try #require(numbers.last)
        let held = try await withCheckedThrowingContinuation { continuation in
            Thread {
                Processors.hold(to: last)
                continuation.resume(
                    with: Result { try String(contentsOfFile: "/proc/thread-self/status", encoding: .utf8) }
                )
            }
            .start()
        }
        #expect(Processors.allowed(in: held) == [last])
        #expect(Processors.numbers == numbers)
    }
}
