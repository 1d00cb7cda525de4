import Civic

/// Registration, signing in, and everything that lets a person in.
extension AccountUseCases {
    /// Keeps a registration and mails the link that activates the account.
    public var registerAccount: RegisterAccount {
        RegisterAccount(
            store: store,
            quotas: quotas,
            mailLimiter: mailLimiter,
            mails: mails,
            clock: clock,
            settings: settings
        )
    }

    /// Turns a registration or an invitation into an account.
    public var activateAccount: ActivateAccount {
        ActivateAccount(store: store, createAccount: createAccount, sealer: sealer, clock: clock)
    }

    /// Checks a login and a password.
    public var signIn: SignIn {
        SignIn(
            store: store,
            finishSignIn: finishSignIn,
            hasher: hasher,
            throttle: throttle,
            sessions: sessions,
            audit: audit,
            quotas: quotas,
            clock: clock,
            limits: settings.limits
        )
    }

    /// Checks the second factor and begins the session.
    public var finishSignIn: FinishSignIn {
        FinishSignIn(
            store: store,
            beginSession: beginSession,
            codes: codes,
            throttle: throttle,
            sessions: sessions,
            mails: mails,
            audit: audit,
            sealer: sealer,
            clock: clock,
            settings: settings
        )
    }

    /// Finds who is signed in with a session cookie.
    public var resumeSession: ResumeSession {
        ResumeSession(store: store, sessions: sessions, grants: grants, clock: clock, settings: settings)
    }

    /// Lists, ends and renews sessions.
    public var manageSessions: ManageSessions {
        ManageSessions(store: store, sessions: sessions, clock: clock)
    }

    /// Checks the password again before something that matters.
    public var proveOwnership: ProveOwnership {
        ProveOwnership(
            store: store,
            hasher: hasher,
            codes: codes,
            throttle: throttle,
            audit: audit,
            clock: clock,
            settings: settings
        )
    }

    /// Sets a new password by a mailed link.
    public var resetPassword: ResetPassword {
        ResetPassword(
            store: store,
            hasher: hasher,
            change: passwordChange,
            quotas: quotas,
            mailLimiter: mailLimiter,
            mails: mails,
            audit: audit,
            clock: clock,
            settings: settings
        )
    }

    /// Sets a new password from the account page.
    public var changePassword: ChangePassword {
        ChangePassword(
            store: store,
            proveOwnership: proveOwnership,
            hasher: hasher,
            change: passwordChange,
            sessions: sessions,
            mails: mails
        )
    }

    /// Sets up an authenticator app.
    public var setUpSecondFactor: SetUpSecondFactor {
        SetUpSecondFactor(
            store: store,
            proveOwnership: proveOwnership,
            change: secondFactorChange,
            throttle: throttle,
            sessions: sessions,
            mails: mails,
            audit: audit,
            sealer: sealer,
            clock: clock,
            settings: settings
        )
    }

    /// Gives up the second factor.
    public var disableSecondFactor: DisableSecondFactor {
        DisableSecondFactor(
            store: store,
            proveOwnership: proveOwnership,
            change: secondFactorChange,
            mails: mails,
            audit: audit
        )
    }

    /// Gives out new recovery codes.
    public var renewRecoveryCodes: RenewRecoveryCodes {
        RenewRecoveryCodes(store: store, proveOwnership: proveOwnership, mails: mails, audit: audit, clock: clock)
    }

    /// Keeps sign-ins that were begun at a provider.
    public var providerAttempts: ProviderAttempts {
        ProviderAttempts(store: store, quotas: quotas, sealer: sealer, clock: clock, settings: settings)
    }

    /// Continues a sign-in with an identity from a provider.
    public var signInWithProvider: SignInWithProvider {
        SignInWithProvider(store: store, finishSignIn: finishSignIn, tickets: tickets)
    }

    /// Creates the account of a new person who came from a provider.
    public var joinWithProvider: JoinWithProvider {
        JoinWithProvider(
            store: store,
            createAccount: createAccount,
            registerAccount: registerAccount,
            linkIdentity: linkIdentity,
            tickets: tickets,
            quotas: quotas,
            sealer: sealer,
            clock: clock,
            limits: settings.limits
        )
    }

    /// Links identities at providers to accounts.
    public var linkIdentity: LinkIdentity {
        LinkIdentity(
            store: store,
            proveOwnership: proveOwnership,
            tickets: tickets,
            quotas: quotas,
            mailLimiter: mailLimiter,
            mails: mails,
            sealer: sealer,
            clock: clock,
            settings: settings
        )
    }
}

// Parts of the use cases above.
extension AccountUseCases {
    /// Creates accounts for `ActivateAccount` and `JoinWithProvider`.
    var createAccount: CreateAccount {
        CreateAccount(store: store, hasher: hasher, sessions: sessions, audit: audit, clock: clock)
    }

    /// Begins sessions for `FinishSignIn`.
    var beginSession: BeginSession {
        BeginSession(store: store, sessions: sessions, mails: mails, audit: audit, clock: clock)
    }

    /// What every change of a password has in common.
    var passwordChange: PasswordChange {
        PasswordChange(store: store, mails: mails, audit: audit, clock: clock)
    }

    /// The side effects of a second factor put in force or given up.
    var secondFactorChange: SecondFactorChange {
        SecondFactorChange(mails: mails, clock: clock)
    }

    /// Checks codes of the second factor.
    var codes: SecondFactorCodes {
        SecondFactorCodes(store: store, sealer: sealer, clock: clock)
    }

    /// Keeps identities of people who have yet to finish here.
    var tickets: IdentityTickets {
        IdentityTickets(store: store, sealer: sealer, clock: clock, settings: settings)
    }
}
