public import Appeals
import CityImport
public import Foundation

/// A table of `data/` that a domain reads strictly: the first line names exactly the expected columns, and no row may be
/// unusable.
public struct TableFile: Sendable {
    /// The largest table, bytes.
    public static let largest = 4_000_000

    /// The name, for messages.
    public let name: String
    /// The rows with their columns.
    public let rows: [TableRow]

    /// Reads a file.
    ///
    /// - Throws: `AppealImportError`.
    public init(at url: URL, columns: [String]) throws(AppealImportError) {
        let name = url.lastPathComponent
        let size = (try? url.resourceValues(forKeys: [.fileSizeKey]))?.fileSize ?? 0
        guard size <= Self.largest else { throw .tooLarge(file: name, limit: Self.largest) }
        guard let data = try? Data(contentsOf: url) else { throw .unreadable(file: name) }
        try self.init(Array(data), name: name, columns: columns)
    }

    /// Reads the bytes of a table.
    ///
    /// - Throws: `AppealImportError`.
    public init(_ bytes: [UInt8], name: String, columns: [String]) throws(AppealImportError) {
        guard bytes.count <= Self.largest else { throw .tooLarge(file: name, limit: Self.largest) }
        self.name = name
        var csv = CSVReader(bytes)
        guard let header = csv.next() else { throw .columns(file: name, expected: columns) }
        guard try Self.fields(header, name) == columns else { throw .columns(file: name, expected: columns) }
        var rows: [TableRow] = []
        while let row = csv.next() {
            let values = try Self.fields(row, name)
            guard values.count == columns.count else {
                throw .row(file: name, line: row.line, reason: "\(values.count) columns instead of \(columns.count)")
            }
            let pairs = Dictionary(zip(columns, values), uniquingKeysWith: { first, _ in first })
            rows.append(TableRow(table: name, line: row.line, values: pairs))
        }
        self.rows = rows
    }

    private static func fields(_ row: CSVReader.Row, _ name: String) throws(AppealImportError) -> [String] {
        switch row.content {
        case .success(let values): return values
        case .failure(let fault): throw .row(file: name, line: row.line, reason: fault.reason)
        }
    }
}

/// What makes a table unusable as a file; `AppealsError` tells what is wrong with a value.
public enum AppealImportError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file cannot be read.
    case unreadable(file: String)
    /// The file is larger than the limit, bytes.
    case tooLarge(file: String, limit: Int)
    /// The first line names other columns.
    case columns(file: String, expected: [String])
    /// A row cannot be read.
    case row(file: String, line: Int, reason: String)

    /// The reason and what to do.
    public var description: String {
        switch self {
        case .unreadable(let file): "\(file): cannot be read; check the path and the rights"
        case .tooLarge(let file, let limit): "\(file): larger than \(limit / 1_000_000) MB"
        case .columns(let file, let expected):
            "\(file): the first line must name the columns \(expected.joined(separator: ","))"
        case .row(let file, let line, let reason): "\(file), line \(line): \(reason)"
        }
    }
}
