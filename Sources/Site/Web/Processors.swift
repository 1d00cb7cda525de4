import CAffinity
import Foundation

/// The processors that this process may use.
///
/// A process can be held to some of the machine's processors (sched_setaffinity(2): taskset, systemd's CPUAffinity,
/// cpusets of containers), which neither Foundation nor SwiftNIO looks at; Linux tells it in `/proc` (proc(5)).
public enum Processors {
    /// How many they are, at least 1.
    public static var available: Int { max(1, numbers?.count ?? ProcessInfo.processInfo.activeProcessorCount) }

    /// Their numbers, in order; nil where the system does not tell.
    static var numbers: [Int]? {
        (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)).flatMap(allowed)
    }

    /// The bits of the line `Cpus_allowed:`, a hexadecimal mask in groups of 32 bits, the highest first.
    static func allowed(in status: String) -> [Int]? {
        let name = "Cpus_allowed:"
        guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix(name) }) else { return nil }
        let digits = line.dropFirst(name.count).compactMap(\.hexDigitValue).reversed()
        return digits.enumerated().flatMap { place, digit in
            (0..<4).filter { digit & (1 << $0) != 0 }.map { 4 * place + $0 }
        }
    }

    /// Holds the calling thread, and the threads that it will start, to one of them; where that cannot be done nothing changes.
    static func hold(to number: Int) { _ = caffinity_hold(Int32(number)) }
}
