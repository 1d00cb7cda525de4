import Foundation

/// The processors that this process may use.
public enum Processors {
    /// How many they are, at least 1.
    ///
    /// A process can be held to some of the machine's processors (sched_setaffinity(2): taskset, systemd's CPUAffinity,
    /// cpusets of containers), which neither Foundation nor SwiftNIO looks at; Linux tells it in `/proc` (proc(5)).
    public static var available: Int {
        let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        return max(1, status.flatMap(allowed) ?? ProcessInfo.processInfo.activeProcessorCount)
    }

    /// The bits of the line `Cpus_allowed:`, a hexadecimal mask in groups of 32 bits.
    static func allowed(in status: String) -> Int? {
        let name = "Cpus_allowed:"
        guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix(name) }) else { return nil }
        return line.dropFirst(name.count).compactMap(\.hexDigitValue).reduce(0) { $0 + $1.nonzeroBitCount }
    }
}
