import Foundation

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

/// Sends what was printed on its way: a program that waits for a line must not wait for a full buffer.
package func flushOutput() {
    fflush(nil)
}
