/// The columns of the table of permissions: the roles of the portal, the capability of a head, and a mailed link.
public enum AccessRole: String, CaseIterable, Sendable, Hashable {
    /// Everybody; with an account, also one's own cases.
    case citizen
    /// An operator.
    case `operator`
    /// An executor.
    case executor
    /// Staff with the capability to sign.
    case head
    /// A deputy.
    case deputy
    /// A planner.
    case planner
    /// An editor.
    case editor
    /// An administrator.
    case admin
    /// The holder of a link that was mailed to an organization.
    case link
}
