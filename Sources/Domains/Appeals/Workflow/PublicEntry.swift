/// The entry of the public timeline for a move; the raw value is the last part of the key of its text.
public enum PublicEntry: String, CaseIterable, Sendable, Hashable, Codable {
    /// It was received.
    case received
    /// It has its number, kind, body and due date.
    case registered
    /// The responsible body is known.
    case assigned
    /// It was taken up.
    case takenUp = "taken_up"
    /// It was forwarded to another body.
    case forwarded
    /// A part was forwarded.
    case partForwarded = "part_forwarded"
    /// It needs completing.
    case needsCompleting = "needs_completing"
    /// It was completed.
    case completed
    /// It was returned.
    case returned
    /// The applicant was asked.
    case asked
    /// The applicant replied.
    case replied
    /// No reply came.
    case noReply = "no_reply"
    /// The applicant may comment before the decision.
    case hearingOpened = "hearing_opened"
    /// The comments were taken.
    case hearingEnded = "hearing_ended"
    /// The answer was sent.
    case answered
    /// The term was extended.
    case extended
    /// The complaint went to the higher body.
    case passedUp = "passed_up"
    /// The examination was discontinued.
    case terminated
    /// It was withdrawn.
    case withdrawn
    /// The day of the work is set.
    case scheduled
    /// An organization has it.
    case withOrganization = "with_organization"
    /// It was closed with its outcome.
    case closed
    /// It was reopened.
    case reopened
    /// It was joined to another report.
    case merged
    /// It is a report of its own again.
    case separated
    /// An official appeal was filed about it.
    case filedOfficially = "filed_officially"
    /// The kind changed.
    case kindChanged = "kind_changed"
    /// The category or place changed, and perhaps the body.
    case reclassified
    /// A corrected copy of the answer was sent.
    case corrected
}
