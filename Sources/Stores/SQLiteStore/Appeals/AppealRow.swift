import Appeals
import Civic
import Foundation
import GRDB
import Geo

/// A row of the table of appeals.
struct AppealRow: TableRow {
    static let table = "appeal"
    /// The columns, for queries.
    static let list = """
        appeal.id, appeal.number, appeal.parent, appeal.regime, appeal.kind, appeal.owner, appeal.opened, appeal.opening_category,
        appeal.opening_body, appeal.title, appeal.content, appeal.version, appeal.state, appeal.legal_kind, appeal.body,
        appeal.executor, appeal.category, appeal.outcome, appeal.received, appeal.since, appeal.is_dangerous, appeal.term,
        appeal.due, appeal.longitude, appeal.latitude, appeal.district, appeal.supporters
        """

    let id: Int64
    let number: String
    let parent: Int64?
    let regime: String
    let kind: String
    let owner: PersonID?
    let opened: Date
    let openingCategory: String?
    let openingBody: String?
    let title: String
    let content: String
    let version: Int
    let state: String
    let legalKind: String?
    let body: String?
    let executor: PersonID?
    let category: String?
    let outcome: String?
    let received: Date?
    let since: Date
    let isDangerous: Bool
    let term: String?
    let due: String?
    let longitude: Double?
    let latitude: Double?
    let district: String?
    let supporters: Int

    /// The data with which the appeal began.
    var opening: AppealOpening {
        get throws {
            AppealOpening(
                id: AppealID(rawValue: id),
                regime: try Self.required("regime", id, AppealRegime(rawValue: regime)),
                kind: try Self.required("kind", id, AppealKind(rawValue: kind)),
                owner: owner,
                category: openingCategory.map { Key($0) },
                body: openingBody.map { Key($0) },
                parent: parent.map(AppealID.init(rawValue:)),
                time: opened
            )
        }
    }

    /// The number.
    var appealNumber: AppealNumber { get throws { try Self.required("number", id, AppealNumber(number)) } }

    /// The appeal in a list.
    var summary: AppealSummary {
        get throws {
            let opening = try opening
            return AppealSummary(
                id: opening.id,
                number: try appealNumber,
                title: title,
                regime: opening.regime,
                kind: opening.kind,
                legalKind: try legalKind.map { try Self.required("legal_kind", id, LegalKind(rawValue: $0)) },
                state: try Self.required("state", id, AppealState(rawValue: state)),
                version: version,
                category: category.map { Key($0) },
                body: body.map { Key($0) },
                executor: executor,
                district: district.map { Key($0) },
                outcome: try outcome.map { try Self.required("outcome", id, Outcome(rawValue: $0)) },
                opened: opened,
                received: received,
                due: try due.map { try Self.required("due", id, LocalTime(reading: $0)) },
                since: since,
                owner: owner,
                point: longitude.flatMap { longitude in
                    latitude.map { Coordinate(longitude: longitude, latitude: $0) }
                },
                supporters: supporters,
                isDangerous: isDangerous
            )
        }
    }
}

/// A row of the history, with its texts.
struct AppealMoveRow: TableRow {
    static let table = "appeal_move"

    let appeal: Int64
    let version: Int
    let time: Date
    let move: String
    let actor: String
    let person: PersonID?
    let fromState: String
    let toState: String
    let details: String
    let attested: String
    let reason: String?
    let question: String?

    /// The entry.
    var entry: HistoryEntry {
        get throws {
            var details = try AppealJSON.value(MoveDetails.self, details, "details", of: appeal, in: Self.table)
            (details.reason, details.question) = (reason, question)
            let attested = try AppealJSON.value([String].self, attested, "attested", of: appeal, in: Self.table)
            return HistoryEntry(
                version: version,
                time: time,
                move: try Self.required("move", appeal, AppealMove(rawValue: move)),
                actor: try Self.required("actor", appeal, MoveActor(rawValue: actor)),
                person: person,
                from: try Self.required("from_state", appeal, AppealState(rawValue: fromState)),
                to: try Self.required("to_state", appeal, AppealState(rawValue: toState)),
                details: details,
                attested: Set(attested.compactMap(MoveRequirement.init(rawValue:)))
            )
        }
    }
}
