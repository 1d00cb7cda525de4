public import Appeals
import Civic
public import Foundation
import GRDB
public import Geo

/// Lists and searches; they read the columns that follow from the histories.
extension SQLiteAppealStore {
    /// Reads a page of a list.
    public func appeals(
        _ filter: AppealFilter,
        by order: AppealOrder,
        after cursor: AppealCursor?,
        limit: Int
    ) async throws -> AppealPage {
        var query = AppealConditions(filter)
        switch order {
        case .due:
            query.add("due IS NOT NULL")
            if let cursor { query.add("(due, id) > (:key, :last)", ["key": cursor.key, "last": cursor.id.rawValue]) }
        case .newest:
            guard let cursor else { break }
            guard let key = Int64(cursor.key) else { return AppealPage(appeals: [], next: nil) }
            query.add("(opened, id) < (:key, :last)", ["key": key, "last": cursor.id.rawValue])
        }
        // One more than the page shows whether there is another page.
        query.arguments += ["limit": limit + 1]
        let ordering = order == .due ? "due, id" : "opened DESC, id DESC"
        let found = query
        return try await database.read { db in
            let rows = try AppealRow.fetchAll(
                db,
                sql: "SELECT \(AppealRow.list) FROM appeal WHERE \(found.text) ORDER BY \(ordering) LIMIT :limit",
                arguments: found.arguments
            )
            let shown = rows.prefix(limit)
            let last = rows.count > limit ? shown.last : nil
            let next = last.map { row in
                AppealCursor(
                    key: order == .due ? row.due ?? "" : "\(row.opened.stamp)",
                    id: AppealID(rawValue: row.id)
                )
            }
            return AppealPage(appeals: try shown.map { try $0.summary }, next: next)
        }
    }

    /// Counts the appeals that a filter selects.
    public func counts(_ filter: AppealFilter) async throws -> [AppealState: Int] {
        let query = AppealConditions(filter)
        return try await database.read { db in
            let rows = try CountRow.fetchAll(
                db,
                sql: "SELECT state, count(*) AS count FROM appeal WHERE \(query.text) GROUP BY state",
                arguments: query.arguments
            )
            return try rows.reduce(into: [:]) { counts, row in
                counts[try CountRow.required("state", row.state, AppealState(rawValue: row.state))] = row.count
            }
        }
    }

    /// Reads open reports by their place, through the index of category and latitude.
    public func openReports(
        of category: AppealCategory.ID,
        in box: BoundingBox,
        limit: Int
    ) async throws -> [AppealSummary] {
        try await database.read { db in
            try AppealRow.fetchAll(
                db,
                sql: """
                    SELECT \(AppealRow.list) FROM appeal
                    WHERE is_open = 1 AND regime = 'report' AND category = :category
                        AND latitude BETWEEN :south AND :north AND longitude BETWEEN :west AND :east
                    ORDER BY id DESC LIMIT :limit
                    """,
                arguments: [
                    "category": category.rawValue, "south": box.south, "north": box.north, "west": box.west,
                    "east": box.east, "limit": limit,
                ]
            )
            .map { try $0.summary }
        }
    }

    /// Reads the appeals of an applicant by the hashes of an IIN or BIN.
    public func appeals(numberHashes: [Data], limit: Int) async throws -> [AppealSummary] {
        try await database.read { db in
            let found = try numberHashes.flatMap { hash in
                try AppealRow.fetchAll(
                    db,
                    sql: """
                        SELECT \(AppealRow.list) FROM appeal JOIN appeal_applicant ON appeal_applicant.appeal = appeal.id
                        WHERE number_hash = :hash ORDER BY opened DESC, id DESC LIMIT :limit
                        """,
                    arguments: ["hash": hash, "limit": limit]
                )
                .map { try $0.summary }
            }
            return Array(found.sorted { ($0.opened, $0.id) > ($1.opened, $1.id) }.prefix(limit))
        }
    }

    /// Reads how past appeals were routed.
    public func pastRoutes(limit: Int) async throws -> [RoutingDryRun.PastCase] {
        try await database.read { db in
            try RouteRow.fetchAll(
                db,
                sql: """
                    SELECT appeal, route FROM appeal_route WHERE version = (
                        SELECT max(version) FROM appeal_route AS latest WHERE latest.appeal = appeal_route.appeal
                    ) ORDER BY appeal DESC LIMIT :limit
                    """,
                arguments: ["limit": limit]
            )
            .map { row in
                let route = try AppealJSON.value(StoredRoute.self, row.route, "route", of: row.appeal)
                return RoutingDryRun.PastCase(id: AppealID(rawValue: row.appeal), inputs: route.inputs)
            }
        }
    }
}

/// The conditions of a filter with their arguments.
private struct AppealConditions {
    private(set) var text = "TRUE"
    var arguments = StatementArguments()

    init(_ filter: AppealFilter) {
        add("owner", filter.owner?.rawValue)
        add("deputy", filter.deputy?.rawValue)
        add("regime", filter.regime?.rawValue)
        add("executor", filter.executor?.rawValue)
        add(any: "body", filter.bodies?.map(\.rawValue))
        add(any: "district", filter.districts?.map(\.rawValue))
        if !filter.states.isEmpty { add(any: "state", filter.states.map(\.rawValue)) }
        if !filter.kinds.isEmpty { add(any: "legal_kind", filter.kinds.map(\.rawValue)) }
        if filter.isOpen { add("is_open = 1") }
        if filter.isUnassigned { add("executor IS NULL") }
        if let category = filter.category {
            let group = category.rawValue + "."
            add(
                "(category = :category OR substr(category, 1, :group_length) = :group)",
                ["category": category.rawValue, "group_length": group.unicodeScalars.count, "group": group]
            )
        }
        if let due = filter.dueBefore { add("due < :due_before", ["due_before": due.description]) }
        if let from = filter.receivedFrom { add("received >= :received_from", ["received_from": from.stamp]) }
        if let end = filter.receivedBefore { add("received < :received_before", ["received_before": end.stamp]) }
        if let text = filter.text { add(search: text) }
    }

    mutating func add(_ condition: String, _ more: StatementArguments = StatementArguments()) {
        text += " AND " + condition
        arguments += more
    }

    private mutating func add(_ column: String, _ value: (any DatabaseValueConvertible)?) {
        if let value { add("\(column) = :\(column)", [column: value]) }
    }

    private mutating func add(any column: String, _ values: [String]?) {
        guard let values else { return }
        guard !values.isEmpty else { return add("FALSE") }
        var names: [String] = []
        for (index, value) in values.sorted().enumerated() {
            names.append(":\(column)_\(index)")
            arguments += ["\(column)_\(index)": value]
        }
        add("\(column) IN (\(names.joined(separator: ", ")))")
    }

    // A number finds the appeal and its parts; other texts find a number of the state register, or titles with all their words.
    private mutating func add(search written: String) {
        if let number = AppealNumber(written) {
            add(
                "(number = :number OR parent = (SELECT whole.id FROM appeal AS whole WHERE whole.number = :number))",
                ["number": number.description]
            )
            return
        }
        let words = SQLiteAppealStore.searchKey(String(written.prefix(200))).split { $0.isWhitespace }.prefix(8)
        var isInTitle = "TRUE"
        for (index, word) in words.enumerated() {
            let escaped = word.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
            isInTitle += " AND title_key LIKE :word_\(index) ESCAPE '\\'"
            arguments += ["word_\(index)": "%\(escaped)%"]
        }
        let hasStateNumber = "id IN (SELECT appeal FROM appeal_state_number WHERE number = :state_number)"
        add("((\(isInTitle)) OR \(hasStateNumber))", ["state_number": written])
    }
}

/// How many appeals are in a state.
private struct CountRow: TableRow {
    static let table = "appeal"

    let state: String
    let count: Int
}

/// A stored route.
private struct RouteRow: TableRow {
    static let table = "appeal_route"

    let appeal: Int64
    let route: String
}
