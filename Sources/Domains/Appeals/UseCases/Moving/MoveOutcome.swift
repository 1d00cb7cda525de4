import Civic

/// How a move ended.
public enum MoveOutcome: Sendable, Equatable {
    /// It was made; the state and the version from now on.
    case made(AppealState, version: Int)
    /// Somebody else changed the appeal since the version that was seen: what they did, oldest first. Nothing was written.
    case conflict([HistoryEntry])
    /// The workflow does not allow it.
    case refused(MoveRefusal)
    /// A text is malformed.
    case text(ContentFault)
    /// The term cannot be moved like this.
    case deadline(DeadlineError)
    /// There is no report with the number to which this one should be joined, or it is not open.
    case noTarget
    /// A file has expired, is used already or belongs to somebody else.
    case filesUnavailable
    /// The visitor sees the appeal but may not do this.
    case denied
    /// There is no such appeal for this visitor.
    case notFound
}

/// A move as a page or a program asks for it.
public struct MoveOrder: Sendable {
    /// The move.
    public let move: AppealMove
    /// The version of the appeal that the person saw.
    public let version: Int
    /// Its details; the number, the days of a pause and the rule of a route are filled in.
    public var details: MoveDetails
    /// The requirements that the page found met; the use case does not trust those that it can check itself.
    public let attested: Set<MoveRequirement>
    /// Files that belong to it.
    public let files: [AppealFileID]
    /// The new place, for `reclassify`.
    public let place: AppealPlace?
    /// The new place in the form that routing needs, and the version of the borders, for `reclassify`.
    public let routingPlace: (place: RoutingPlace, boundaryVersion: String)?

    /// Asks for a move.
    public init(
        _ move: AppealMove,
        version: Int,
        details: MoveDetails = MoveDetails(),
        attested: Set<MoveRequirement> = [],
        files: [AppealFileID] = [],
        place: AppealPlace? = nil,
        routingPlace: (place: RoutingPlace, boundaryVersion: String)? = nil
    ) {
        (self.move, self.version, self.details, self.attested) = (move, version, details, attested)
        (self.files, self.place, self.routingPlace) = (files, place, routingPlace)
    }
}
