import Civic
public import Foundation

/// An appeal as it is stored: its course, what it says and what goes with it; the applicant is read separately (`SealedApplicant`).
public struct StoredAppeal: Sendable, Equatable {
    /// The number, which is given with the filing and becomes that of the registration.
    public let number: AppealNumber
    /// The course: the opening and the history, replayed.
    public let appeal: Appeal
    /// What it says, as it was filed.
    public let content: AppealContent
    /// The place as it is known now.
    public let place: AppealPlace?
    /// The latest route; nil for a part that was sent to a body by decision.
    public let route: StoredRoute?
    /// The term; nil until it is sent.
    public let term: AppealTerm?
    /// The number in the state register: the one recorded last, or that of the registration.
    public let stateNumber: String?
    /// How many people support it, the applicant not counted.
    public let supporters: Int
    /// How the applicant rated the answer.
    public let rating: AppealRating?
    /// The number of the appeal of which it is a part, or of the report from which it was filed.
    public let parent: AppealNumber?
    /// Its parts that were sent to other bodies.
    public let parts: [AppealPart]

    /// Makes a value from stored records.
    public init(
        number: AppealNumber,
        appeal: Appeal,
        content: AppealContent,
        place: AppealPlace?,
        route: StoredRoute?,
        term: AppealTerm?,
        stateNumber: String? = nil,
        supporters: Int = 0,
        rating: AppealRating? = nil,
        parent: AppealNumber? = nil,
        parts: [AppealPart] = []
    ) {
        (self.number, self.appeal, self.content, self.place) = (number, appeal, content, place)
        (self.route, self.term, self.supporters, self.rating) = (route, term, supporters, rating)
        self.stateNumber = stateNumber ?? appeal.stateNumber
        (self.parent, self.parts) = (parent, parts)
    }

    /// The internal number.
    public var id: AppealID { appeal.opening.id }

    /// The appeal whose applicant it has: the whole for a part, otherwise itself.
    public var applicantID: AppealID { number.part == nil ? id : appeal.opening.parent ?? id }

    /// When it was sent; nil for one that waits for its signature.
    public var received: Date? { appeal.history.first { $0.move == .submit }?.time }

    /// What the permissions need to know of it.
    public var accessCase: AccessCase {
        var deputy: DeputyID?
        if case .deputy(let id) = content.addressee { deputy = id }
        return AccessCase(
            id: id,
            regime: appeal.opening.regime,
            owner: appeal.opening.owner,
            bodies: Set([appeal.body].compactMap { $0 } + parts.compactMap(\.body)),
            district: place?.district,
            deputy: deputy
        )
    }
}

/// A part of an appeal that was sent to another body as an appeal of its own.
public struct AppealPart: Sendable, Equatable {
    /// The part.
    public let id: AppealID
    /// Its number.
    public let number: AppealNumber
    /// The body that has it.
    public let body: AppealBody.ID?
    /// Its state.
    public let state: AppealState

    /// Describes a part.
    public init(id: AppealID, number: AppealNumber, body: AppealBody.ID?, state: AppealState) {
        (self.id, self.number, self.body, self.state) = (id, number, body, state)
    }
}

/// How an applicant rated the answer or the work.
public struct AppealRating: Sendable, Equatable, Codable {
    /// From 1 for bad to 5 for good.
    public static let range = 1...5
    /// The most code points of the comment.
    public static let longestComment = 1_000

    /// The rating.
    public let stars: Int
    /// A comment.
    public let comment: String?
    /// When.
    public let time: Date

    /// Makes a rating.
    public init(stars: Int, comment: String?, time: Date) {
        (self.stars, self.comment, self.time) = (stars, comment, time)
    }
}
