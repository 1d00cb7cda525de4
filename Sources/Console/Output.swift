import Foundation
package import Gazetteer

/// Prints a value as JSON with sorted keys, so that two runs can be compared.
package func printJSON(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    print(String(decoding: try encoder.encode(value), as: UTF8.self))
}

/// Writes a line to the standard error stream.
package func printError(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
}

/// Lists the records that an import refused on the standard error stream.
package func printRefusals(of report: ImportReport) {
    for refusal in report.refusals {
        let record = refusal.record.isEmpty ? "" : " (\(refusal.record))"
        printError("\(refusal.file):\(refusal.line)\(record): \(refusal.reason)")
    }
}

/// Flushes the output, so that a program waiting for a line does not wait for a full buffer.
package func flushOutput() {
    fflush(nil)
}
