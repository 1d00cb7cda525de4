/// The role of a person in the portal.
public enum Role: String, CaseIterable, Sendable, Codable {
    /// Anyone who registered.
    case citizen
    /// Registers, routes and consults.
    case `operator`
    /// Answers for a district or a department.
    case executor
    /// Answers what is addressed to them.
    case deputy
    /// Sees full statistics, to find where problems are concentrated.
    case planner
    /// Writes pages and keeps the directory.
    case editor
    /// Keeps the accounts of the staff and the portal itself.
    case admin

    /// Whether this is a role of the city's staff.
    public var isStaff: Bool { self != .citizen }
}
