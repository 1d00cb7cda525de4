import CAffinity
import Foundation

/// The processors that this process may use.
///
/// A process can be restricted to some of the machine's processors (sched_setaffinity(2): taskset, systemd's CPUAffinity,
/// cpusets of containers), which neither Foundation nor SwiftNIO takes into account; Linux reports it in `/proc` (proc(5)).
public enum Processors {
    /// How many there are, at least 1.
    public static var available: Int { max(1, numbers?.count ?? ProcessInfo.processInfo.activeProcessorCount) }

    /// Their numbers in ascending order; nil where the system does not report them.
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

    /// Pins the calling thread, and the threads that it will start, to one processor; does nothing where pinning is not
    /// permitted.
    static func hold(to number: Int) { _ = caffinity_hold(Int32(number)) }
}
