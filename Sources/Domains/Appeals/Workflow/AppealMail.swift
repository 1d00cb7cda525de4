/// The mails that moves and terms cause; the raw value is the last part of the keys of their texts.
public enum AppealMail: String, CaseIterable, Sendable, Hashable, Codable {
    /// It arrived and waits for registration.
    case received
    /// It is registered: number, kind, body, due date.
    case registered
    /// To the staff: something to do.
    case staffTask = "staff_task"
    /// The body has taken it up.
    case takenUp = "taken_up"
    /// What is missing, and by when to complete it.
    case defects
    /// It was forwarded.
    case forwarded
    /// A part of it was forwarded.
    case partForwarded = "part_forwarded"
    /// It was returned.
    case returned
    /// A question.
    case question
    /// The preliminary decision.
    case preliminaryDecision = "preliminary_decision"
    /// The term was extended.
    case extended
    /// The answer, or its corrected copy.
    case answered
    /// The complaint was passed to the higher body.
    case passedUp = "passed_up"
    /// The examination was discontinued.
    case terminated
    /// It was withdrawn.
    case withdrawn
    /// The day of the work.
    case scheduled
    /// Which organization has it.
    case withOrganization = "with_organization"
    /// The report was closed.
    case closed
    /// The report was reopened.
    case reopened
    /// It was joined to another report.
    case merged
    /// Kind, category, place or body changed.
    case changed
    /// A repeat was filed away without an answer.
    case repeatFiled = "repeat_filed"
    /// The term expired, which the law treats as a refusal.
    case deemedRefusal = "deemed_refusal"
    /// The body wrote a message.
    case message

    /// Whether it goes to the staff; all others go to the applicant.
    public var isForStaff: Bool { self == .staffTask }

    /// Whether the law requires it, so that nobody can unsubscribe from it.
    public var isLegalNotice: Bool {
        switch self {
        case .registered, .defects, .forwarded, .partForwarded, .returned, .preliminaryDecision, .extended, .answered,
            .passedUp, .terminated, .withdrawn, .deemedRefusal:
            true
        default: false
        }
    }
}
