public import Civic

extension Permission {
    /// Invite staff and change their roles.
    public static let manageStaff = Permission(rawValue: "manageStaff")
    /// Read the audit log.
    public static let readAudit = Permission(rawValue: "readAudit")
    /// See mails that could not be sent, and send them again.
    public static let manageMail = Permission(rawValue: "manageMail")
}

extension PermissionGrants {
    /// Which roles hold the permissions of accounts.
    public static let accounts = PermissionGrants([
        .operator: [.seePersonalData], .executor: [.seePersonalData], .deputy: [.seePersonalData],
        .admin: [.manageStaff, .readAudit, .manageMail],
    ])
}
