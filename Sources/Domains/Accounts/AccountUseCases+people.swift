import Civic

/// The profile, the address, personal data, the work of staff, forms and upkeep.
extension AccountUseCases {
    /// Reads what the account page shows.
    public var readProfile: ReadProfile {
        ReadProfile(store: store, sealer: sealer, clock: clock)
    }

    /// Changes the profile.
    public var editProfile: EditProfile {
        EditProfile(
            store: store,
            proveOwnership: proveOwnership,
            quotas: quotas,
            sealer: sealer,
            clock: clock,
            settings: settings
        )
    }

    /// Changes the e-mail address, confirmed by both addresses.
    public var changeEmail: ChangeEmail {
        ChangeEmail(
            store: store,
            proveOwnership: proveOwnership,
            notices: emailNotices,
            quotas: quotas,
            mailLimiter: mailLimiter,
            mails: mails,
            clock: clock,
            settings: settings
        )
    }

    /// Changes the e-mail address of a person who lost the present mailbox.
    public var changeEmailWithoutMailbox: ChangeEmailWithoutMailbox {
        ChangeEmailWithoutMailbox(
            store: store,
            proveOwnership: proveOwnership,
            notices: emailNotices,
            mails: mails,
            audit: audit,
            clock: clock,
            settings: settings
        )
    }

    /// Gives people a copy of everything that is stored about them.
    public var exportPersonalData: ExportPersonalData {
        ExportPersonalData(store: store, proveOwnership: proveOwnership, clock: clock)
    }

    /// What accounts add to the download and the erasure of personal data.
    public var accountPersonalData: AccountPersonalData { AccountPersonalData(store: store, sealer: sealer) }

    /// Erases an account.
    public var deleteAccount: DeleteAccount {
        DeleteAccount(
            store: store,
            proveOwnership: proveOwnership,
            quotas: quotas,
            mailLimiter: mailLimiter,
            mails: mails,
            audit: audit,
            clock: clock,
            settings: settings,
            forgetMails: forgetMails
        )
    }

    /// Invites somebody to the staff.
    public var inviteStaff: InviteStaff {
        InviteStaff(
            store: store,
            proveOwnership: proveOwnership,
            quotas: quotas,
            mails: mails,
            clock: clock,
            settings: settings
        )
    }

    /// Gives a person another role.
    public var changeRole: ChangeRole {
        ChangeRole(store: store, proveOwnership: proveOwnership, mails: mails, clock: clock)
    }

    /// Looks up people for staff.
    public var lookUpPeople: LookUpPeople {
        LookUpPeople(store: store, readProfile: readProfile, sealer: sealer, clock: clock)
    }

    /// Reads the audit log.
    public var readAuditLog: ReadAuditLog {
        ReadAuditLog(store: store, clock: clock)
    }

    /// Mails codes to people who cannot use the captcha.
    public var mailHumanCode: MailHumanCode {
        MailHumanCode(
            store: store,
            quotas: quotas,
            mailLimiter: mailLimiter,
            mails: mails,
            sealer: sealer,
            clock: clock,
            settings: settings
        )
    }

    /// Remembers used captcha challenges, and tells how hard new ones are.
    public var captchaUsage: CaptchaUsage {
        CaptchaUsage(store: store, throttle: throttle)
    }

    /// Keeps what was typed into a form while its owner signs in again.
    public var formDrafts: FormDrafts {
        FormDrafts(store: store, quotas: quotas, sessions: sessions, sealer: sealer, clock: clock, settings: settings)
    }

    /// Saves unfinished forms.
    public var savedDrafts: SavedDrafts {
        SavedDrafts(store: store, quotas: quotas, sealer: sealer, clock: clock, settings: settings)
    }

    /// Seals short texts for a cookie.
    public var sealedNotes: SealedNotes {
        SealedNotes(sealer: sealer)
    }

    /// Deletes what has expired; run periodically.
    public var sweepAccounts: SweepAccounts {
        SweepAccounts(store: store, completeEmailChanges: completeEmailChanges, clock: clock, settings: settings)
    }
}

// Parts of the use cases above.
extension AccountUseCases {
    /// Completes changes of address whose waiting period is over, for `SweepAccounts`.
    var completeEmailChanges: CompleteEmailChanges {
        CompleteEmailChanges(store: store, notices: emailNotices, mails: mails, clock: clock, settings: settings)
    }

    /// The mails that changes of an address have in common.
    var emailNotices: EmailChangeNotices {
        EmailChangeNotices(mails: mails, clock: clock, settings: settings)
    }
}
