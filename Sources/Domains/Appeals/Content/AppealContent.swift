public import Civic

/// What an appeal says, as the applicant filed it.
public struct AppealContent: Hashable, Sendable, Codable {
    /// The title.
    public let title: AppealTitle
    /// The text.
    public let text: AppealText
    /// The leaf of the category.
    public let category: AppealCategory.ID
    /// The answers to the category's questions.
    public let answers: [AppealQuestion.ID: String]
    /// The place; an official appeal need not have one.
    public let place: AppealPlace?
    /// The addressee.
    public let addressee: Addressee
    /// The language of the text.
    public let language: Language
    /// The language of the answer, Kazakh or Russian.
    public let answerLanguage: Language

    /// Makes the content; an answer requested in English is given in Kazakh, because the law provides for the state language and that of
    /// the text (article 89 (2)), and staff write Kazakh and Russian.
    public init(
        title: AppealTitle,
        text: AppealText,
        category: AppealCategory.ID,
        answers: [AppealQuestion.ID: String] = [:],
        place: AppealPlace? = nil,
        addressee: Addressee = .city,
        language: Language,
        answerLanguage: Language? = nil
    ) {
        self.title = title
        self.text = text
        self.category = category
        self.answers = answers
        self.place = place
        self.addressee = addressee
        self.language = language
        self.answerLanguage = (answerLanguage ?? language) == .ru ? .ru : .kk
    }
}

extension AppealCatalogue {
    /// The longest answer to a question, code points.
    public static let longestAnswer = 200

    /// Why an answer to a category's question is refused; nil when it is not.
    ///
    /// Answers to questions that the category does not ask are refused; unanswered ones are not.
    public func fault(of answers: [AppealQuestion.ID: String], in category: AppealCategory.ID) -> AnswerFault? {
        let questions = questions(of: category)
        for (id, answer) in answers.sorted(by: { $0.key < $1.key }) {
            guard let question = questions.first(where: { $0.id == id }) else { return .unknownQuestion(id) }
            guard answer.unicodeScalars.count <= Self.longestAnswer else { return .tooLong(id) }
            switch question.kind {
            case .yesNo, .choice:
                if !(question.values?.contains(answer) ?? false) { return .notAnOption(id) }
            case .number:
                if Int(answer) == nil || answer.utf8.count > 6 { return .notANumber(id) }
            case .date:
                if LocalDate(answer) == nil { return .notADay(id) }
            case .text, .hours: break
            }
        }
        return nil
    }
}

/// Why an answer to a question of a category is refused.
public enum AnswerFault: Error, Sendable, Hashable {
    /// The category does not ask this.
    case unknownQuestion(AppealQuestion.ID)
    /// More than `AppealCatalogue.longestAnswer` code points.
    case tooLong(AppealQuestion.ID)
    /// Not one of the options.
    case notAnOption(AppealQuestion.ID)
    /// Not a whole number of at most six characters.
    case notANumber(AppealQuestion.ID)
    /// Not a day as `YYYY-MM-DD`.
    case notADay(AppealQuestion.ID)
}
