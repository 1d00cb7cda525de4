/// Whom to call before filling in the form; it advises and never blocks.
public struct AppealStopper: Sendable, Hashable {
    /// The category.
    public let category: AppealCategory.ID
    /// The answer that makes it appear; nil when it is shown at once.
    public let condition: AnswerCondition?
    /// Short numbers to call, such as `104`.
    public let numbers: [String]
    /// The body whose line to call, whose phone is in the table of bodies.
    public let body: AppealBody.ID?
    /// The advice.
    public let wording: Wording

    /// The columns of the table.
    public static let columns = ["category", "condition", "numbers", "body", "advice_kk", "advice_ru", "advice_en"]

    /// Reads a row of `appeal_stoppers.csv`.
    ///
    /// - Throws: `AppealsError.row` for the first column that cannot be used.
    public init(_ row: TableRow) throws(AppealsError) {
        category = try row.key("category")
        condition = try AnswerCondition(row, "condition")
        numbers = try row.list("numbers")
        guard
            numbers.allSatisfy({ (3...6).contains($0.utf8.count) && $0.utf8.allSatisfy({ (0x30...0x39).contains($0) }) }
            )
        else { throw row.malformed("numbers", "short numbers of three to six digits") }
        body = try row.optionalKey("body")
        guard !numbers.isEmpty || body != nil else { throw row.malformed("numbers", "a number, or a body") }
        wording = try row.wording("advice")
    }
}
