public import Civic

/// The audit events of the accounts.
extension AuditKind {
    /// An account was created.
    public static let accountCreated = AuditKind(rawValue: "accountCreated")
    /// A sign-in succeeded.
    public static let signedIn = AuditKind(rawValue: "signedIn")
    /// A sign-in failed.
    public static let signInFailed = AuditKind(rawValue: "signInFailed")
    /// A sign-in was held back by the throttle.
    public static let signInThrottled = AuditKind(rawValue: "signInThrottled")
    /// A session was ended by its owner.
    public static let signedOut = AuditKind(rawValue: "signedOut")
    /// A password was set or changed.
    public static let passwordChanged = AuditKind(rawValue: "passwordChanged")
    /// A new password was requested.
    public static let passwordResetRequested = AuditKind(rawValue: "passwordResetRequested")
    /// The address was changed.
    public static let emailChanged = AuditKind(rawValue: "emailChanged")
    /// A change of the address without confirmation from the present mailbox was requested.
    public static let emailChangeWaived = AuditKind(rawValue: "emailChangeWaived")
    /// The change was cancelled from the present mailbox.
    public static let emailChangeStopped = AuditKind(rawValue: "emailChangeStopped")
    /// A provider was linked.
    public static let identityLinked = AuditKind(rawValue: "identityLinked")
    /// A provider was unlinked.
    public static let identityUnlinked = AuditKind(rawValue: "identityUnlinked")
    /// The second factor was turned on.
    public static let secondFactorEnabled = AuditKind(rawValue: "secondFactorEnabled")
    /// The second factor was turned off.
    public static let secondFactorDisabled = AuditKind(rawValue: "secondFactorDisabled")
    /// A recovery code was used.
    public static let recoveryCodeUsed = AuditKind(rawValue: "recoveryCodeUsed")
    /// New recovery codes were given out in place of the old ones.
    public static let recoveryCodesRenewed = AuditKind(rawValue: "recoveryCodesRenewed")
    /// A role was changed.
    public static let roleChanged = AuditKind(rawValue: "roleChanged")
    /// Somebody was invited to the staff.
    public static let invited = AuditKind(rawValue: "invited")
    /// Name, user name, phone, IIN, language or notifications were changed by the owner.
    public static let profileChanged = AuditKind(rawValue: "profileChanged")
    /// Personal data of another person was viewed.
    public static let personalDataViewed = AuditKind(rawValue: "personalDataViewed")
    /// The owner downloaded a copy of their data.
    public static let dataExported = AuditKind(rawValue: "dataExported")
    /// The link to erase the account was requested.
    public static let erasureRequested = AuditKind(rawValue: "erasureRequested")
    /// The account was erased.
    public static let accountErased = AuditKind(rawValue: "accountErased")
    /// The audit log itself was read.
    public static let auditRead = AuditKind(rawValue: "auditRead")
    /// Sealed values were sealed again with another key.
    public static let keysRotated = AuditKind(rawValue: "keysRotated")
    /// The database was put back as it was at the time of a backup.
    public static let backupRestored = AuditKind(rawValue: "backupRestored")

    /// All kinds that accounts record.
    public static let accounts: [AuditKind] = [
        .accountCreated, .signedIn, .signInFailed, .signInThrottled, .signedOut, .passwordChanged,
        .passwordResetRequested, .emailChanged, .emailChangeWaived, .emailChangeStopped, .identityLinked,
        .identityUnlinked, .secondFactorEnabled, .secondFactorDisabled, .recoveryCodeUsed, .recoveryCodesRenewed,
        .roleChanged, .invited, .profileChanged, .personalDataViewed, .dataExported, .erasureRequested,
        .accountErased, .auditRead, .keysRotated, .backupRestored,
    ]
}
