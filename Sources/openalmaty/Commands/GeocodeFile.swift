import ArgumentParser
import CityImport
import Foundation

/// A CSV file with a column of addresses.
struct GeocodeFile {
    /// A readable row.
    struct Row {
        let line: Int
        let values: [String]
    }

    /// A row that cannot be read, with the reason.
    struct Fault {
        let line: Int
        let reason: String
    }

    /// The columns assumed to hold the addresses when none is named, in order of preference.
    static let usualColumns = ["address", "адрес", "мекенжай"]

    /// The name of the file in messages.
    let name: String
    /// The names of the columns.
    let columns: [String]
    /// The index of the column with the addresses.
    let column: Int
    /// The rows in file order.
    let rows: [Row]
    /// The rows left out.
    let faults: [Fault]
    /// Whether the file begins with a byte order mark, which tells spreadsheets that it is UTF-8.
    let hasMark: Bool

    /// Reads the whole file; `-` is the standard input.
    ///
    /// - Throws: `ValidationError` when the file cannot be read or has no such column.
    init(_ path: String, column wanted: String?) throws {
        name = path == "-" ? "standard input" : URL(filePath: path).lastPathComponent
        let bytes = try Self.bytes(path)
        hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        var reader = CSVReader(bytes)
        guard let header = reader.next() else {
            throw ValidationError("\(name) is empty; its first line names the columns.")
        }
        switch header.content {
        case .failure(let fault): throw ValidationError("\(name), line \(header.line): \(fault.reason).")
        case .success(let names): columns = names
        }
        column = try Self.column(wanted, among: columns, of: name)
        var rows: [Row] = []
        var faults: [Fault] = []
        while let row = reader.next() {
            switch row.content {
            case .failure(let fault): faults.append(Fault(line: row.line, reason: fault.reason))
            case .success(let values) where values.count != columns.count:
                let reason = "the row has \(values.count) columns; the first line has \(columns.count)"
                faults.append(Fault(line: row.line, reason: reason))
            case .success(let values): rows.append(Row(line: row.line, values: values))
            }
        }
        self.rows = rows
        self.faults = faults
    }

    private static func bytes(_ path: String) throws -> [UInt8] {
        if path == "-" { return [UInt8](try FileHandle.standardInput.readToEnd() ?? Data()) }
        let url = URL(filePath: path)
        let size = (try? url.resourceValues(forKeys: [.fileSizeKey]))?.fileSize ?? 0
        guard size <= ImportFile.largest else {
            throw ValidationError("\(path) is larger than \(ImportFile.largest / 1_000_000) MB; split it.")
        }
        guard let data = try? Data(contentsOf: url) else {
            throw ValidationError("\(path) cannot be read; check the path and the rights.")
        }
        return [UInt8](data)
    }

    private static func column(_ wanted: String?, among columns: [String], of name: String) throws -> Int {
        let plain = columns.map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
        let there = columns.map { "«\($0)»" }.joined(separator: ", ")
        if let wanted {
            if let exact = columns.firstIndex(of: wanted) { return exact }
            if let same = plain.firstIndex(of: wanted.trimmingCharacters(in: .whitespaces).lowercased()) { return same }
            throw ValidationError("\(name) has no column «\(wanted)»; it has \(there).")
        }
        for usual in usualColumns { if let place = plain.firstIndex(of: usual) { return place } }
        guard columns.count == 1, let only = columns.first else {
            throw ValidationError("Say with --column which column of \(name) holds the addresses; it has \(there).")
        }
        guard !only.contains(where: { $0 == ";" || $0 == "\t" }) else {
            throw ValidationError("The columns of \(name) must be separated by commas; its first line is \(there).")
        }
        return 0
    }
}
