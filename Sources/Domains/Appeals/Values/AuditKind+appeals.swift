public import Civic

/// The audit events of appeals.
///
/// What was done with an appeal is in its history; these events link a person to it.
extension AuditKind {
    /// An appeal was filed.
    public static let appealFiled = AuditKind(rawValue: "appealFiled")
    /// A person made a move with an appeal; the detail names it.
    public static let appealMoved = AuditKind(rawValue: "appealMoved")
    /// The responsibility of a member of the staff was changed.
    public static let responsibilityGranted = AuditKind(rawValue: "responsibilityGranted")

    /// All kinds that appeals record.
    public static let appeals: [AuditKind] = [.appealFiled, .appealMoved, .responsibilityGranted]
}
