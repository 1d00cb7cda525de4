public import Civic
public import Foundation

/// The data with which an appeal begins.
public struct AppealOpening: Sendable, Hashable, Codable {
    /// The appeal.
    public let id: AppealID
    /// The regime.
    public let regime: AppealRegime
    /// The kind that the applicant chose; meaningless for a report.
    public let kind: AppealKind
    /// The account of the applicant; nil when there is none.
    public let owner: PersonID?
    /// The subject.
    public let category: AppealCategory.ID?
    /// The body that routing found.
    public let body: AppealBody.ID?
    /// The appeal of which it is a part that was sent to another body, or the report from which it was filed.
    public let parent: AppealID?
    /// When the draft was begun.
    public let time: Date

    /// Makes an opening.
    public init(
        id: AppealID,
        regime: AppealRegime,
        kind: AppealKind,
        owner: PersonID? = nil,
        category: AppealCategory.ID? = nil,
        body: AppealBody.ID? = nil,
        parent: AppealID? = nil,
        time: Date
    ) {
        self.id = id
        self.regime = regime
        self.kind = kind
        self.owner = owner
        self.category = category
        self.body = body
        self.parent = parent
        self.time = time
    }
}
