/// Who may do what with which appeals; whatever is not in the table is denied.
public struct PermissionTable: Sendable {
    /// A row: a role may do an action in a scope, under a condition.
    public struct Grant: Sendable, Hashable {
        /// The action.
        public let action: AppealAction
        /// The role.
        public let role: AccessRole
        /// The cases.
        public let scope: AccessScope
        /// What else has to hold; nil when there is no further condition.
        public let condition: AccessCondition?
    }

    /// The columns of the table.
    public static let columns = ["action", "role", "scope", "condition"]

    /// The rows in the order of the table.
    public let grants: [Grant]
    private let byAction: [AppealAction: [Grant]]

    /// Reads the rows of `appeal_permissions.csv`.
    ///
    /// - Throws: `AppealsError` for the first row that cannot be used, and when an action has no row.
    public init(_ rows: [TableRow]) throws(AppealsError) {
        var grants: [Grant] = []
        var seen: Set<Grant> = []
        for row in rows {
            let grant = Grant(
                action: try row.choice("action"),
                role: try row.choice("role"),
                scope: try row.choice("scope"),
                condition: try row.optionalChoice("condition")
            )
            guard seen.insert(grant).inserted else {
                throw .repeated(
                    table: row.table,
                    line: row.line,
                    key: "\(grant.action.rawValue) \(grant.role.rawValue)"
                )
            }
            grants.append(grant)
        }
        self.grants = grants
        byAction = Dictionary(grouping: grants, by: \.action)
        if let missing = AppealAction.allCases.first(where: { byAction[$0] == nil }), let last = rows.last {
            throw .unknown(table: last.table, line: last.line, column: "action", key: missing.rawValue)
        }
    }

    /// The conditions under which somebody may do something with a case.
    ///
    /// - Parameter item: the case; nil for what concerns no case, such as the rules, and to ask whether a page is offered at all.
    /// - Returns: nil when it is denied, which a page answers as if there were no such case; an empty set when nothing more is
    ///   required; otherwise conditions, any one of which is enough.
    public func conditions(
        _ action: AppealAction,
        by subject: AccessSubject,
        on item: AccessCase?
    ) -> Set<AccessCondition>? {
        var conditions: Set<AccessCondition> = []
        for grant in byAction[action, default: []] where subject.holds(grant.role) {
            guard subject.reaches(item, grant.scope, as: grant.role) else { continue }
            switch grant.condition {
            case nil: return []
            case .moderator:
                if subject.isModerator { return [] }
            case .officialWithReason:
                if item?.regime != .report { conditions.insert(.withReason) }
            case let condition?: conditions.insert(condition)
            }
        }
        return conditions.isEmpty ? nil : conditions
    }

    /// Whether somebody may do something with a case, perhaps under conditions.
    public func allows(_ action: AppealAction, by subject: AccessSubject, on item: AccessCase?) -> Bool {
        conditions(action, by: subject, on: item) != nil
    }
}
