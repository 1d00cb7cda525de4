public import Civic
public import Foundation
public import Geo

/// Which appeals a list shows; an empty part does not restrict it.
public struct AppealFilter: Sendable, Equatable {
    /// The account of the applicant.
    public var owner: PersonID?
    /// The bodies that have them; nil for all.
    public var bodies: Set<AppealBody.ID>?
    /// The districts; nil for all, and for those without one.
    public var districts: Set<DistrictSlug>?
    /// The deputy to whom they are addressed.
    public var deputy: DeputyID?
    /// The states.
    public var states: Set<AppealState> = []
    /// Whether to show only those that were sent and are not finished.
    public var isOpen = false
    /// The regime.
    public var regime: AppealRegime?
    /// The legal kinds.
    public var kinds: Set<LegalKind> = []
    /// A leaf, or a group with its leaves.
    public var category: AppealCategory.ID?
    /// The executor.
    public var executor: PersonID?
    /// Whether to show only those without an executor.
    public var isUnassigned = false
    /// Only those whose term ends before this time.
    public var dueBefore: LocalTime?
    /// Only those received on or after this time.
    public var receivedFrom: Date?
    /// Only those received before this time.
    public var receivedBefore: Date?
    /// The number, or words of the title.
    public var text: String?

    /// Makes a filter that restricts nothing.
    public init() {}

    /// Makes a filter and fills it.
    public init(_ fill: (inout AppealFilter) -> Void) { fill(&self) }
}

/// The order of a list.
public enum AppealOrder: String, Sendable, Hashable, CaseIterable, Codable {
    /// Those whose term ends first come first; those without a term are left out.
    case due
    /// The newest come first.
    case newest
}

/// The place in a list after which its next page begins.
public struct AppealCursor: Sendable, Hashable {
    /// The key of the last one: its due time, or the milliseconds of its opening.
    public let key: String
    /// The last one.
    public let id: AppealID

    /// Makes a cursor.
    public init(key: String, id: AppealID) { (self.key, self.id) = (key, id) }

    /// Reads the text of a cursor; nil for any other text.
    public init?(_ text: String) {
        let parts = text.split(separator: "~", omittingEmptySubsequences: false)
        guard text.utf8.count <= 64, parts.count == 2, let id = Int64(parts[1]), !parts[0].isEmpty else { return nil }
        self.init(key: String(parts[0]), id: AppealID(rawValue: id))
    }

    /// The cursor for an address.
    public var text: String { "\(key)~\(id)" }
}

/// An appeal in a list.
public struct AppealSummary: Sendable, Equatable {
    /// The internal number.
    public let id: AppealID
    /// The number.
    public let number: AppealNumber
    /// The title.
    public let title: String
    /// The regime.
    public let regime: AppealRegime
    /// The kind that the applicant chose.
    public let kind: AppealKind
    /// The legal kind.
    public let legalKind: LegalKind?
    /// The state.
    public let state: AppealState
    /// The version.
    public let version: Int
    /// The category.
    public let category: AppealCategory.ID?
    /// The body that has it.
    public let body: AppealBody.ID?
    /// The executor.
    public let executor: PersonID?
    /// The district.
    public let district: DistrictSlug?
    /// The outcome.
    public let outcome: Outcome?
    /// When the draft was begun or the appeal filed.
    public let opened: Date
    /// When it was sent.
    public let received: Date?
    /// The end of its term.
    public let due: LocalTime?
    /// When its state changed last.
    public let since: Date
    /// The account of the applicant.
    public let owner: PersonID?
    /// The point.
    public let point: Coordinate?
    /// How many people support it.
    public let supporters: Int
    /// Whether it reports a crime or a threat.
    public let isDangerous: Bool

    /// Makes a value from a stored record.
    public init(
        id: AppealID,
        number: AppealNumber,
        title: String,
        regime: AppealRegime,
        kind: AppealKind,
        legalKind: LegalKind?,
        state: AppealState,
        version: Int,
        category: AppealCategory.ID?,
        body: AppealBody.ID?,
        executor: PersonID?,
        district: DistrictSlug?,
        outcome: Outcome?,
        opened: Date,
        received: Date?,
        due: LocalTime?,
        since: Date,
        owner: PersonID?,
        point: Coordinate?,
        supporters: Int,
        isDangerous: Bool
    ) {
        (self.id, self.number, self.title, self.regime, self.kind) = (id, number, title, regime, kind)
        (self.legalKind, self.state, self.version, self.category) = (legalKind, state, version, category)
        (self.body, self.executor, self.district, self.outcome) = (body, executor, district, outcome)
        (self.opened, self.received, self.due, self.since) = (opened, received, due, since)
        (self.owner, self.point, self.supporters, self.isDangerous) = (owner, point, supporters, isDangerous)
    }
}

/// A page of a list.
public struct AppealPage: Sendable, Equatable {
    /// The appeals.
    public let appeals: [AppealSummary]
    /// Where the next page begins; nil on the last one.
    public let next: AppealCursor?

    /// Makes a page.
    public init(appeals: [AppealSummary], next: AppealCursor?) { (self.appeals, self.next) = (appeals, next) }
}
