public import Civic
import Foundation

/// Lists appeals: those of a person, and the queue of a member of the staff by responsibility.
public struct ListAppeals: Sendable {
    /// The maximum number of appeals on a page.
    public static let maxOfPage = 200

    let store: any AppealStore
    let sealer: ValueSealer
    let clock: WallClock
    let authority: AppealAuthority

    /// A page of the queue with exact counts.
    public struct Queue: Sendable, Equatable {
        /// The page.
        public let page: AppealPage
        /// How many appeals the filter selects, by state.
        public let counts: [AppealState: Int]

        /// How many appeals the filter selects.
        public var total: Int { counts.values.reduce(0, +) }
    }

    /// The appeals of a person, the newest first.
    public func mine(
        _ person: PersonID,
        after cursor: AppealCursor? = nil,
        limit: Int = 50
    ) async throws -> AppealPage {
        try await store.appeals(
            AppealFilter { $0.owner = person },
            by: .newest,
            after: cursor,
            limit: min(max(limit, 1), Self.maxOfPage)
        )
    }

    /// The queue of a member of the staff; nil when the visitor has none.
    ///
    /// The filter can only narrow what the visitor is responsible for. Operators see the queues of all bodies.
    ///
    /// - Parameter filter: `owner` is ignored.
    public func queue(
        _ filter: AppealFilter,
        by order: AppealOrder = .due,
        after cursor: AppealCursor? = nil,
        limit: Int = 50,
        of visitor: AppealVisitor
    ) async throws -> Queue? {
        let subject = visitor.subject
        guard authority.permissions.allows(.search, by: subject, on: nil) else { return nil }
        var filter = filter
        filter.owner = nil
        // Appeals that wait for a signature were not sent yet.
        if filter.states.isEmpty { filter.states = Set(AppealState.allCases).subtracting([.draft]) }
        filter.states.remove(.draft)
        switch subject.role {
        case .operator: break
        case .deputy: filter.deputy = subject.deputy
        default:
            filter.bodies = filter.bodies.map { $0.intersection(subject.bodies) } ?? subject.bodies
            if let scope = subject.districts {
                filter.districts = filter.districts.map { $0.intersection(scope) } ?? scope
            }
        }
        let limit = min(max(limit, 1), Self.maxOfPage)
        return Queue(
            page: try await store.appeals(filter, by: order, after: cursor, limit: limit),
            counts: try await store.counts(filter)
        )
    }

    /// The appeals of an applicant by IIN or BIN, with a reason, which is on record; nil when the visitor may not search like this.
    public func withNumber(
        _ number: String,
        reason: String,
        of visitor: AppealVisitor,
        from address: RemoteAddress
    ) async throws -> [AppealSummary]? {
        guard let person = visitor.person, reason.contains(where: { !$0.isWhitespace }),
            authority.permissions.allows(.searchByHash, by: visitor.subject, on: nil)
        else { return nil }
        let hashes = try sealer.hashes(number, for: .applicantNumber)
        let found = try await store.appeals(numberHashes: hashes, limit: Self.maxOfPage)
        let (time, origin) = (clock.now, try sealer.hash(address.key, for: .origin))
        try await store.record(
            found.map {
                AppealAccess(
                    appeal: $0.id,
                    person: person,
                    role: visitor.subject.role,
                    time: time,
                    dataClass: .search,
                    reason: reason,
                    origin: origin
                )
            }
        )
        return found
    }
}
