import Civic
import Foundation

/// Proposes the route of an appeal after a change of its category or place, before the change is made.
public struct ProposeRoute: Sendable {
    let store: any AppealStore
    let rules: AppealRules
    let clock: WallClock
    let authority: AppealAuthority

    /// What a change would do.
    public struct Proposal: Sendable, Equatable {
        /// The body that has the appeal now.
        public let present: AppealBody.ID?
        /// The route after the change; nil when no rule applies.
        public let route: StoredRoute?

        /// Whether another body would be responsible.
        public var changesBody: Bool { route?.body != present }
    }

    /// The route after a change; nil when there is no such appeal for the visitor.
    ///
    /// - Parameters:
    ///   - category: the new category; nil when it stays.
    ///   - place: the new place in the form that routing needs, with the version of the borders; nil when it stays.
    public func callAsFunction(
        _ number: AppealNumber,
        category: AppealCategory.ID? = nil,
        place: (place: RoutingPlace, boundaryVersion: String)? = nil,
        by visitor: AppealVisitor
    ) async throws -> Proposal? {
        guard let stored = try await store.appeal(number), authority.may(.seeInternal, visitor, stored.accessCase)
        else {
            return nil
        }
        let route = Self.route(
            of: stored,
            category: category,
            place: place?.place,
            boundaryVersion: place?.boundaryVersion,
            on: LocalTime(clock.now).date,
            by: rules.routes
        )
        return Proposal(present: stored.appeal.body, route: route)
    }

    /// The route of an appeal with changed parts.
    static func route(
        of stored: StoredAppeal,
        category: AppealCategory.ID?,
        place: RoutingPlace?,
        boundaryVersion: String?,
        on day: LocalDate,
        by routes: RoutingTable
    ) -> StoredRoute? {
        let inputs = RoutingInputs(
            regime: stored.appeal.opening.regime,
            kind: stored.appeal.legalKind,
            addressee: stored.content.addressee,
            category: category ?? stored.appeal.category ?? stored.content.category,
            place: place ?? stored.route?.inputs.place ?? RoutingPlace(.unknown),
            answers: category == nil || category == stored.content.category ? stored.content.answers : [:],
            day: day,
            boundaryVersion: boundaryVersion ?? stored.route?.inputs.boundaryVersion ?? ""
        )
        return StoredRoute(routes.trace(for: inputs))
    }
}
