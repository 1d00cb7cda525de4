/// The capacity in which a person or the portal makes a move.
public enum MoveActor: String, CaseIterable, Sendable, Hashable, Codable {
    /// The applicant.
    case citizen
    /// The portal itself, by a rule or at a time.
    case system
    /// An operator, also for somebody who calls or files on paper.
    case `operator`
    /// An executor of the body that has the appeal.
    case executor
    /// A head of that body, who signs.
    case head
    /// Somebody who decides on publication.
    case moderator
    /// An organization outside the portal, through the link that was mailed to it.
    case link
}
