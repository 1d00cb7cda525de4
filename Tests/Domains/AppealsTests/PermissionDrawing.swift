import Appeals

/// The permissions as a Markdown table: a row for each action, a column for each role.
struct PermissionDrawing {
    private let permissions: PermissionTable

    init(_ permissions: PermissionTable) { self.permissions = permissions }

    var text: String {
        let head = "| action | " + AccessRole.allCases.map(\.rawValue).joined(separator: " | ") + " |"
        let line = "|" + String(repeating: "---|", count: AccessRole.allCases.count + 1)
        let rows = AppealAction.allCases.map { action in
            let cells = AccessRole.allCases.map { cell(action, $0) }
            return "| `\(action.rawValue)` | " + cells.joined(separator: " | ") + " |"
        }
        return ([head, line] + rows).joined(separator: "\n")
    }

    private func cell(_ action: AppealAction, _ role: AccessRole) -> String {
        permissions.grants.filter { $0.action == action && $0.role == role }
            .map { grant in
                grant.scope.rawValue + (grant.condition.map { " (\($0.rawValue.replacing("_", with: " ")))" } ?? "")
            }
            .joined(separator: ", ")
    }
}
