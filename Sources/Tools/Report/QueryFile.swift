/// Reads the test set: CSV (RFC 4180) with the columns of `GeocoderQuery`.
enum QueryFile {
    /// An error in the file, with its line.
    struct Fault: Error, CustomStringConvertible {
        let line: Int
        let reason: String

        var description: String { "line \(line): \(reason)" }
    }

    /// The queries of a file, in its order.
    ///
    /// - Throws: `Fault` at the first row that cannot be read, because a partly read set would give too good a result.
    static func queries(in text: String) throws(Fault) -> [GeocoderQuery] {
        var queries: [GeocoderQuery] = []
        var rows = Rows(text)
        guard let header = try rows.next(), header.fields == GeocoderQuery.columns else {
            throw Fault(
                line: 1,
                reason: "the columns must be \(GeocoderQuery.columns.joined(separator: ","))"
            )
        }
        while let row = try rows.next() {
            do {
                queries.append(try GeocoderQuery(row: row.fields))
            } catch {
                throw Fault(line: row.line, reason: error.reason)
            }
        }
        return queries
    }

    /// The rows of a text, each with the line it begins in.
    private struct Rows {
        private let text: String.UTF8View
        private var index: String.UTF8View.Index
        private var line = 1

        init(_ text: String) {
            self.text = text.utf8
            index = self.text.startIndex
        }

        mutating func next() throws(Fault) -> (line: Int, fields: [String])? {
            guard index < text.endIndex else { return nil }
            let start = line
            var (fields, field, quoted) = ([String](), [UInt8](), false)
            while index < text.endIndex {
                let byte = text[index]
                index = text.index(after: index)
                if byte == UInt8(ascii: "\n") { line += 1 }
                if byte == UInt8(ascii: "\"") {
                    if quoted, index < text.endIndex, text[index] == byte {
                        field.append(byte)
                        index = text.index(after: index)
                    } else {
                        quoted.toggle()
                    }
                } else if !quoted, byte == UInt8(ascii: ",") {
                    fields.append(String(decoding: field, as: UTF8.self))
                    field = []
                } else if !quoted, byte == UInt8(ascii: "\n") {
                    break
                } else if quoted || byte != UInt8(ascii: "\r") {
                    field.append(byte)
                }
            }
            guard !quoted else { throw Fault(line: start, reason: "a quote is never closed") }
            return (start, fields + [String(decoding: field, as: UTF8.self)])
        }
    }
}
