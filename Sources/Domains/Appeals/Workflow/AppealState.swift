/// The state of an appeal; its raw value is stored and is the last part of the keys of its label and its meaning.
public enum AppealState: String, CaseIterable, Sendable, Hashable, Codable {
    /// Not sent yet.
    case draft
    /// Sent; an official appeal waits here for its registration.
    case submitted
    /// It has its number, and its term runs.
    case registered
    /// The applicant has to complete what the law requires.
    case correction
    /// The responsible body is known.
    case assigned
    /// The body examines an official appeal.
    case inReview = "in_review"
    /// Work on a city report is under way.
    case inWork = "in_work"
    /// The applicant was asked for information.
    case waitingApplicant = "waiting_applicant"
    /// The day of the work is set.
    case scheduled
    /// An organization outside the portal has it.
    case withExternal = "with_external"
    /// The preliminary decision was sent, and the applicant may comment.
    case hearing
    /// The answer waits for the signature of a head; shown to citizens as `inReview`.
    case onSignature = "on_signature"
    /// The answer was sent.
    case answered
    /// A city report with its outcome.
    case closed
    /// Sent to a competent body outside the portal.
    case forwarded
    /// A complaint that went to the higher body with its file.
    case passedUp = "passed_up"
    /// Returned without examination.
    case returned
    /// The examination was discontinued.
    case terminated
    /// Withdrawn by the applicant.
    case withdrawn
    /// Joined to another report of the same problem.
    case merged
    /// A closed report whose problem is not solved.
    case reopened

    /// Whether the appeal is finished; few moves lead out of such a state.
    public var isFinal: Bool {
        switch self {
        case .answered, .closed, .forwarded, .passedUp, .returned, .terminated, .withdrawn, .merged: true
        default: false
        }
    }

    /// Whether it has been sent and is not finished.
    public var isOpen: Bool { self != .draft && !isFinal }

    /// The state that citizens see.
    public var shown: AppealState { self == .onSignature ? .inReview : self }

    /// Whether leaving the state may lead back to the one before it, which is therefore remembered.
    var remembersOrigin: Bool { self == .correction || self == .waitingApplicant || self == .merged }
}
