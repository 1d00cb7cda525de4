import Civic

/// A row of one of the module's tables (`data/appeal_*.csv`), as texts by column; a higher layer reads the file.
public struct TableRow: Sendable {
    /// The file, for messages.
    public let table: String
    /// The line on which the row begins, from 1.
    public let line: Int
    private let values: [String: String]

    /// Makes a row.
    public init(table: String, line: Int, values: [String: String]) {
        self.table = table
        self.line = line
        self.values = values
    }

    /// The text of a column; nil when it is empty.
    func text(_ column: String) -> String? { values[column].flatMap { $0.isEmpty ? nil : $0 } }

    /// The text of a column that must not be empty.
    func required(_ column: String) throws(AppealsError) -> String {
        guard let text = text(column) else { throw malformed(column, "a text") }
        return text
    }

    /// The texts of a column that `;` separates; none when it is empty.
    func list(_ column: String) throws(AppealsError) -> [String] {
        guard let text = text(column) else { return [] }
        let items = text.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        guard items.allSatisfy({ !$0.isEmpty && $0.first != " " && $0.last != " " }) else {
            throw malformed(column, "texts separated by “;” without spaces beside it")
        }
        return items
    }

    /// One of the cases of an enumeration.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ column: String,
        of type: Choice.Type = Choice.self
    ) throws(AppealsError) -> Choice where Choice.RawValue == String {
        guard let choice = Choice(rawValue: values[column] ?? "") else {
            throw malformed(column, "one of " + Choice.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return choice
    }

    /// One of the cases of an enumeration; nil when the column is empty.
    func optionalChoice<Choice: RawRepresentable & CaseIterable>(
        _ column: String,
        of type: Choice.Type = Choice.self
    ) throws(AppealsError) -> Choice? where Choice.RawValue == String {
        guard text(column) != nil else { return nil }
        return try choice(column, of: type)
    }

    /// Cases of an enumeration separated by `;`.
    func choices<Choice: RawRepresentable & CaseIterable & Hashable>(
        _ column: String,
        of type: Choice.Type = Choice.self
    ) throws(AppealsError) -> Set<Choice> where Choice.RawValue == String {
        var choices: Set<Choice> = []
        for item in try list(column) {
            guard let choice = Choice(rawValue: item) else {
                throw malformed(column, "a list of " + Choice.allCases.map(\.rawValue).joined(separator: ", "))
            }
            choices.insert(choice)
        }
        return choices
    }

    /// `yes` or `no`.
    func flag(_ column: String) throws(AppealsError) -> Bool {
        switch values[column] {
        case "yes": return true
        case "no": return false
        default: throw malformed(column, "yes or no")
        }
    }

    /// A whole number.
    func integer(_ column: String, in range: ClosedRange<Int>) throws(AppealsError) -> Int {
        guard let text = text(column), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text),
            range.contains(number)
        else { throw malformed(column, "a whole number from \(range.lowerBound) to \(range.upperBound)") }
        return number
    }

    /// A day; nil when the column is empty.
    func date(_ column: String) throws(AppealsError) -> LocalDate? {
        guard let text = text(column) else { return nil }
        guard let date = LocalDate(text) else { throw malformed(column, "a day as YYYY-MM-DD") }
        return date
    }

    /// A key: lower-case ASCII letters, digits, `_`, `-` and `.`.
    func key<Subject>(_ column: String, of type: Subject.Type = Subject.self) throws(AppealsError) -> Key<Subject> {
        Key(try Self.checked(key: required(column), else: malformed(column, Self.keyForm)))
    }

    /// A key; nil when the column is empty.
    func optionalKey<Subject>(
        _ column: String,
        of type: Subject.Type = Subject.self
    ) throws(AppealsError) -> Key<Subject>? {
        guard text(column) != nil else { return nil }
        return try key(column, of: type)
    }

    /// A text in the three languages, in the columns `prefix_kk`, `prefix_ru` and `prefix_en`.
    func wording(_ prefix: String) throws(AppealsError) -> Wording {
        Wording(kk: try required(prefix + "_kk"), ru: try required(prefix + "_ru"), en: try required(prefix + "_en"))
    }

    /// The error that a column's value is not what is expected.
    func malformed(_ column: String, _ expected: String) -> AppealsError {
        .row(table: table, line: line, column: column, value: values[column] ?? "", expected: expected)
    }

    private static let keyForm = "lower-case letters, digits, “_”, “-” and “.”"

    private static func checked(
        key: String,
        else error: @autoclosure () -> AppealsError
    ) throws(AppealsError) -> String {
        let isKey = key.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x5F || byte == 0x2D || byte == 0x2E
        }
        guard isKey else { throw error() }
        return key
    }
}
