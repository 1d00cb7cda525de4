public import Civic
public import Foundation

/// One move that was made; entries are appended and never changed.
public struct HistoryEntry: Sendable, Hashable, Codable {
    /// The version of the appeal after it, from 1.
    public let version: Int
    /// When.
    public let time: Date
    /// The move.
    public let move: AppealMove
    /// The capacity in which it was made, such as applicant, executor or portal.
    public let actor: MoveActor
    /// The person; nil for the portal, a link, and an applicant without an account.
    public let person: PersonID?
    /// The state before it.
    public let from: AppealState
    /// The state after it.
    public let to: AppealState
    /// The details that were given with it.
    public let details: MoveDetails
    /// The requirements that the use case found met.
    public let attested: Set<MoveRequirement>

    /// Makes an entry from its parts; that it follows from those before it is checked by the replay.
    public init(
        version: Int,
        time: Date,
        move: AppealMove,
        actor: MoveActor,
        person: PersonID?,
        from: AppealState,
        to: AppealState,
        details: MoveDetails,
        attested: Set<MoveRequirement>
    ) {
        (self.version, self.time, self.move) = (version, time, move)
        (self.actor, self.person) = (actor, person)
        (self.from, self.to) = (from, to)
        (self.details, self.attested) = (details, attested)
    }

    /// Whether the legal kind is from now on the one of the details.
    var setsKind: Bool { move == .registerOfficial || move == .changeKind }
}
