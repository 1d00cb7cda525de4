import Civic
public import Foundation

/// An appeal as a visitor may see it; what the visitor may not see is nil or empty.
public struct AppealView: Sendable {
    /// The number.
    public let number: AppealNumber
    /// The number in the state register.
    public let stateNumber: String?
    /// The course, for version, state, kinds, body, outcome and flags; its history is for the staff.
    public let appeal: Appeal
    /// What happened, oldest first, as the applicant and the public see it.
    public let steps: [AppealStep]
    /// The term.
    public let term: AppealTerm?
    /// The days by which the answer, or its absence, can be challenged; for official appeals once there is something to challenge.
    public let challenge: ChallengeDates?
    /// The place as it is known now.
    public let place: AppealPlace?
    /// How many people support it.
    public let supporters: Int
    /// How the applicant rated it.
    public let rating: AppealRating?
    /// The number of the appeal of which it is a part.
    public let parent: AppealNumber?
    /// Its parts at other bodies.
    public let parts: [AppealPart]
    /// Whether the visitor is the applicant.
    public let isApplicant: Bool
    /// Title, text and answers to questions.
    public let content: AppealContent?
    /// The answer, or the text of the outcome.
    public let answer: AppealAnswer?
    /// The messages.
    public let messages: [AppealMessage]
    /// Name, phone and e-mail of the applicant.
    public let contact: ApplicantContact?
    /// IIN or BIN and address; for the applicant only, others get them by `ReadAppeal.reveal`.
    public let identity: ApplicantIdentity?
    /// The files; nil when the visitor may not see them.
    public let files: [AppealFile]?
    /// What only the staff see.
    public let internals: AppealInternals?
    /// The moves that the visitor may make now.
    public let moves: [AppealMove]
    /// When it was sent; nil while it waits for its signature.
    public let received: Date?
}

/// A step of the timeline, with the texts that the applicant and the staff see.
public struct AppealStep: Sendable, Hashable {
    /// The version of the appeal after it, by which files refer to it.
    public let version: Int
    /// What everybody may know.
    public let step: TimelineStep
    /// The reason or text; nil for the public.
    public let reason: String?
    /// The question; nil for the public.
    public let question: String?
    /// What was missing; empty for the public.
    public let defects: Set<Defect>
}

/// The answer of the body.
public struct AppealAnswer: Sendable, Hashable {
    /// The text.
    public let text: String
    /// The outcome.
    public let outcome: Outcome?
    /// When it was sent.
    public let time: Date
    /// The version of the move, by which files refer to it.
    public let version: Int
}

/// What only the staff see of an appeal.
public struct AppealInternals: Sendable, Equatable {
    /// The notes.
    public let notes: [AppealNote]
    /// The latest route with its trace.
    public let route: StoredRoute?
    /// The changes of the term that no move made.
    public let termChanges: [TermChange]
    /// The draft answer that waits for a signature or was sent back; nil when there is none.
    public let draftAnswer: String?
}

extension Appeal {
    /// The answer that was sent: the text of the deciding move, or the draft that was signed.
    var answer: AppealAnswer? {
        let deciding: Set<AppealMove> = [
            .answer, .satisfyComplaint, .close, .closeAtOnce, .terminate, .correctSlip,
        ]
        guard let entry = history.last(where: { deciding.contains($0.move) }) else { return nil }
        let text = entry.details.reason ?? draftAnswer
        return text.map { AppealAnswer(text: $0, outcome: outcome, time: entry.time, version: entry.version) }
    }

    /// The latest draft answer that was submitted to the head.
    var draftAnswer: String? { history.last { $0.move == .sendForSignature }?.details.reason }

    /// The timeline with the texts, which are left out for the public.
    func steps(withTexts: Bool) -> [AppealStep] {
        numberedTimeline.map { version, step in
            let details = withTexts ? history[version - 1].details : MoveDetails()
            return AppealStep(
                version: version,
                step: step,
                reason: details.reason,
                question: details.question,
                defects: details.defects
            )
        }
    }
}
