/// An answer to a question of a category.
public struct AnswerCondition: Sendable, Hashable, Codable, Comparable {
    /// The question.
    public let question: AppealQuestion.ID
    /// The value of the answer.
    public let value: String

    /// Makes a condition.
    public init(_ question: AppealQuestion.ID, _ value: String) {
        self.question = question
        self.value = value
    }

    // `question=value`; nil when the column is empty.
    init?(_ row: TableRow, _ column: String) throws(AppealsError) {
        guard let text = row.text(column) else { return nil }
        guard let condition = AnswerCondition(text: text) else { throw row.malformed(column, "question=value") }
        self = condition
    }

    init?(text: String) {
        let parts = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        self.init(AppealQuestion.ID(parts[0]), parts[1])
    }

    /// Orders by question, then by value.
    public static func < (left: Self, right: Self) -> Bool {
        (left.question, left.value) < (right.question, right.value)
    }
}
