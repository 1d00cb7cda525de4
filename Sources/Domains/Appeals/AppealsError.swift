/// What can go wrong in appeals, apart from refused moves and invalid input of people.
public enum AppealsError: Error, Sendable, Hashable, CustomStringConvertible {
    /// An entry of a stored history does not follow from those before it.
    case brokenHistory(version: Int)
    /// A row of a table cannot be used.
    case row(table: String, line: Int, column: String, value: String, expected: String)
    /// A key occurs twice in a table.
    case repeated(table: String, line: Int, key: String)
    /// A row names a record that its table does not have.
    case unknown(table: String, line: Int, column: String, key: String)
    /// All numbers of a year have been used.
    case noNumberLeft(year: Int)

    /// The reason and what to do; never personal data.
    public var description: String {
        switch self {
        case .brokenHistory(let version):
            "the history of an appeal is broken at version \(version): the entry does not follow from those before it"
        case .noNumberLeft(let year): "all \(AppealNumber.sequences.upperBound) numbers of appeals of \(year) are given"
        case .row(let table, let line, let column, let value, let expected):
            "\(table), line \(line): \(column) is “\(value)”; expected \(expected)"
        case .repeated(let table, let line, let key): "\(table), line \(line): “\(key)” occurs twice"
        case .unknown(let table, let line, let column, let key):
            "\(table), line \(line): \(column) names “\(key)”, which does not exist"
        }
    }
}
