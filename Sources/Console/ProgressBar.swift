import Foundation

/// Shows the progress of long work on a terminal; prints nothing elsewhere.
package struct ProgressBar {
    private static let width = 30
    private let isTerminal = isatty(FileHandle.standardError.fileDescriptor) == 1

    package init() {}

    package func show(_ label: String, _ share: Double) {
        guard isTerminal else { return }
        let filled = Int((share * Double(Self.width)).rounded())
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.width - filled)
        write("\r\u{1B}[K\(bar) \(Int(share * 100)) % \(label)")
    }

    package func finish() {
        if isTerminal { write("\r\u{1B}[K") }
    }

    private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
