public import Civic
public import Foundation

/// A move that somebody wants to make.
public struct MoveRequest: Sendable {
    /// The move.
    public let move: AppealMove
    /// The capacity in which it is made; a permission check has decided that the person may act in it.
    public let actor: MoveActor
    /// The person; nil for the portal, a link, and an applicant without an account.
    public let person: PersonID?
    /// When.
    public let time: Date
    /// The version that the person saw; another one means that somebody else was faster.
    public let version: Int
    /// Its details.
    public let details: MoveDetails
    /// The requirements of `MoveRequirement.attested` that the use case found met.
    public let attested: Set<MoveRequirement>

    /// Makes a request.
    public init(
        _ move: AppealMove,
        by actor: MoveActor,
        person: PersonID? = nil,
        at time: Date,
        version: Int,
        details: MoveDetails = MoveDetails(),
        attested: Set<MoveRequirement> = []
    ) {
        self.move = move
        self.actor = actor
        self.person = person
        self.time = time
        self.version = version
        self.details = details
        self.attested = attested
    }

    /// The local day in Almaty.
    var day: LocalDate { LocalTime(time).date }
}

/// What a move needs to know besides the appeal.
public struct MoveContext: Sendable, Hashable {
    /// How many parts sent to other bodies are not finished.
    public let openParts: Int
    /// Whether the category wants photos.
    public let wantsPhoto: Bool

    /// Makes a context.
    public init(openParts: Int = 0, wantsPhoto: Bool = false) {
        self.openParts = openParts
        self.wantsPhoto = wantsPhoto
    }
}

/// Why a move was not made; nothing has changed.
public enum MoveRefusal: Error, Sendable, Hashable {
    /// Somebody else changed the appeal after the person had seen it.
    case stale(seen: Int, present: Int)
    /// The move does not exist in this state and procedure.
    case impossible(AppealMove, AppealState, AppealProcedure)
    /// The move exists, but not for this actor.
    case notForActor(AppealMove, MoveActor)
    /// Requirements are not met, in the order of the table.
    case unmet([MoveRequirement])
}

extension LocalTime {
    /// The local time in Almaty of an instant.
    init(_ time: Date) {
        let seconds = time.timeIntervalSince1970.rounded(.down)
        self.init(unixSeconds: Int(exactly: seconds) ?? (seconds < 0 ? .min : .max))
    }
}
