public import Civic
public import Foundation

/// How a request that may be repeated too often ended.
public enum RequestOutcome: Sendable, Equatable {
    /// Accepted. The page must say the same in every case; only the mail reveals whether the address was known.
    case accepted
    /// Too many from this address; again in so many seconds.
    case wait(seconds: Int)
}

/// How a sign-in went.
public enum SignInOutcome: Sendable, Equatable {
    /// Signed in, with a new session.
    case signedIn(StartedSession)
    /// No such pair of login and password; which of the two is never told.
    case wrong
    /// Too many failures from here; again in so many seconds.
    case wait(seconds: Int)
    /// The password was right; the ticket is good for `finishSignIn` with a code.
    case needsSecondFactor(ticket: SecretToken)
    /// Too many sign-ins at once (503, Retry-After).
    case busy
}

/// How the second step of a sign-in went.
public enum SecondStepOutcome: Sendable, Equatable {
    /// Signed in, with a new session.
    case signedIn(StartedSession)
    /// The code is wrong or was used; so many tries are left on this ticket.
    case wrong(triesLeft: Int)
    /// The ticket ran out: begin again with the password.
    case expired
    /// Too many recent wrong codes for this account; try again after so many seconds.
    case wait(seconds: Int)
}

/// A registration, or an invitation, that waits for its password.
public struct PendingActivation: Sendable, Equatable {
    /// The name; nil when an invited person has yet to give it.
    public let name: PersonName?
    /// The address.
    public let email: EmailAddress
    /// A user name that is free, to offer.
    public let username: Username?
    /// The language of the registration.
    public let language: Language
    /// The role that goes with it.
    public let role: Role
    /// Whether a password must be chosen; not when a provider vouches.
    public let needsPassword: Bool
    /// Whether the agreement must yet be accepted (an invitation).
    public let needsAgreement: Bool
    /// Until when the link holds.
    public let expires: Date
}

/// How an activation went.
public enum ActivationOutcome: Sendable, Equatable {
    /// The account is there and signed in.
    case activated(StartedSession)
    /// The link was used or ran out.
    case expired
    /// The password cannot be taken.
    case password(PasswordFault)
    /// The user name cannot be taken.
    case username(UsernameFault)
    /// The user name belongs to another; one that is free.
    case usernameTaken(suggestion: Username?)
    /// An invited person must give a name.
    case needsName
    /// The agreement must be accepted first.
    case needsAgreement
    /// Too many at once (503).
    case busy
}

/// How the setting of a new password went.
public enum PasswordOutcome: Sendable, Equatable {
    /// Set; other sessions are ended. The session to go on with, under a new token, where one was given.
    case changed(StartedSession?)
    /// The link was used or ran out.
    case expired
    /// The present password is another.
    case wrong
    /// The account has no password: sign in again through the provider and repeat within a quarter of an hour.
    case needsFreshSignIn
    /// Too many wrong ones; again in so many seconds.
    case wait(seconds: Int)
    /// The new password cannot be taken.
    case password(PasswordFault)
    /// Too many at once (503).
    case busy
}

/// How a proof of the present password went, before something that matters.
public enum ProofOutcome: Sendable, Equatable {
    /// It is the owner.
    case proved
    /// The password is another.
    case wrong
    /// The password is right; the code of the second factor is wrong or was used.
    case wrongCode
    /// The account has no password, or none was given: sign in again and repeat within a quarter of an hour.
    case needsFreshSignIn
    /// Too many wrong ones; again in so many seconds.
    case wait(seconds: Int)
    /// Too many at once (503).
    case busy
}

/// How a request for another address went.
public enum EmailChangeOutcome: Sendable, Equatable {
    /// Both addresses got a link (the new one another mail when it has an account already).
    case accepted
    /// It is the address already.
    case same
    /// The proof by password failed.
    case refused(ProofOutcome)
    /// Too many; again in so many seconds.
    case wait(seconds: Int)
}

/// Outcome of asking to change the address without the present mailbox.
public enum LostMailboxOutcome: Sendable, Equatable {
    /// The change goes on without the present address after that time.
    case waits(until: Date)
    /// There is no pending change that still needs the present address.
    case nothingUnderWay
    /// The proof failed.
    case refused(ProofOutcome)
}

/// How a confirmation of another address went.
public enum EmailConfirmation: Sendable, Equatable {
    /// Both have confirmed: the address is changed.
    case changed
    /// The other address has yet to confirm.
    case waitsForOther
    /// The link was used or ran out, or the address has an account by now.
    case expired
}

/// How a change of the profile went.
public enum ProfileOutcome: Sendable, Equatable {
    /// Done.
    case changed
    /// Belongs to another account.
    case taken
    /// The proof failed.
    case refused(ProofOutcome)
    /// Too many; again in so many seconds.
    case wait(seconds: Int)
}

/// How the taking of a copy went.
public enum ExportOutcome: Sendable, Equatable {
    /// The copy, as JSON.
    case exported(Data)
    /// The proof failed.
    case refused(ProofOutcome)
}

/// How a sign-in by a provider went.
public enum IdentityOutcome: Sendable, Equatable {
    /// Signed in.
    case signedIn(StartedSession)
    /// Known; the second factor is due (`finishSignIn`).
    case needsSecondFactor(ticket: SecretToken)
    /// A new person with a verified address: show name, user name and agreement, then `acceptIdentity`.
    case needsAgreement(ticket: SecretToken, PendingActivation)
    /// The provider gave no verified address: ask for one, then call `provideEmail`.
    case needsEmail(ticket: SecretToken, name: PersonName?, email: EmailAddress?)
    /// The address has an account: its owner signs in to it and calls `linkPending`, or asks for a link by
    /// `requestIdentityLink`.
    case needsConfirmation(ticket: SecretToken, maskedEmail: String)
}

/// How a linking went.
public enum LinkOutcome: Sendable, Equatable {
    /// Linked.
    case linked
    /// Was linked to this account already.
    case already
    /// Belongs to another account.
    case taken
    /// The ticket or the link ran out.
    case expired
    /// The link was opened in another browser than the one that signed in at the provider: whoever began there has to
    /// be the one who reads the mail, else a stranger could have their own identity confirmed.
    case otherBrowser
    /// Neither the sign-in nor a proof by password is recent enough: call `proveOfLate` first.
    case needsProof
}

/// How an unlinking went.
public enum UnlinkOutcome: Sendable, Equatable {
    /// Unlinked.
    case unlinked
    /// It is the last way in: set a password first.
    case lastWayIn
    /// There is no such link.
    case unknown
    /// Neither the sign-in nor a proof by password is recent enough: call `proveOfLate` first.
    case needsProof
}

/// What an authenticator app needs.
public struct SecondFactorSetUp: Sendable, Equatable {
    /// The secret in base32, for typing in.
    public let secret: String
    /// The `otpauth` address, for a picture code.
    public let address: String
}

/// How the beginning of a second factor went.
public enum SecondFactorStart: Sendable, Equatable {
    /// What the app needs; it waits for its first code.
    case begun(SecondFactorSetUp)
    /// One is in force already.
    case inForce
    /// The proof failed.
    case refused(ProofOutcome)
}

/// How the renewal of recovery codes went.
public enum RecoveryCodesOutcome: Sendable, Equatable {
    /// The new codes, shown once; the old ones are void.
    case renewed([String])
    /// No second factor is in force.
    case notInForce
    /// The proof failed.
    case refused(ProofOutcome)
}

/// How the confirmation of a second factor went.
public enum SecondFactorOutcome: Sendable, Equatable {
    /// In force; the recovery codes, shown once, and the session to go on with, under a new token.
    case enabled(recoveryCodes: [String], session: StartedSession)
    /// The code is wrong, or nothing was begun.
    case wrong
    /// Too many wrong codes; again in so many seconds.
    case wait(seconds: Int)
}

/// How an invitation went.
public enum InvitationOutcome: Sendable, Equatable {
    /// The mail is on its way; the token for a command that prints the link.
    case invited(SecretToken)
    /// The address has an account: change its role instead.
    case alreadyRegistered(PersonID)
    /// Neither the sign-in nor a proof is recent enough: call `proveForRights` first.
    case needsProof
    /// Too many; again in so many seconds.
    case wait(seconds: Int)
}

/// How a change of a role went.
public enum RoleOutcome: Sendable, Equatable {
    /// Done.
    case changed
    /// The last administrator cannot go.
    case lastAdministrator
    /// Neither the sign-in nor a proof is recent enough: call `proveForRights` first.
    case needsProof
}

/// How a request for a mailed code went.
public enum HumanCodeOutcome: Sendable, Equatable {
    /// The code was mailed; the ticket goes into the form.
    case mailed(ticket: SecretToken)
    /// Too many; again in so many seconds.
    case wait(seconds: Int)
}

/// How the check of a mailed code went.
public enum HumanCodeVerdict: Sendable, Equatable {
    /// Right; the code is used up.
    case passed
    /// Wrong; so many tries are left.
    case wrong(triesLeft: Int)
    /// Used, run out, or for another address.
    case expired
}

/// A preview of what an erasure deletes and keeps.
public struct ErasurePreview: Sendable, Equatable {
    /// Something that is kept of a person.
    public struct Item: Sendable, Equatable {
        /// What it is: a stable word for the texts, as `profile`, `sessions`.
        public let subject: String
        /// How many records.
        public let count: Int
    }

    /// Something that the law keeps.
    public struct Kept: Sendable, Equatable {
        /// What it is: a stable word for the texts.
        public let subject: String
        /// How many records.
        public let count: Int
        /// The law that keeps it: a stable word for the texts, `audit` (information security) or `appeals` (APPC).
        public let reason: String
    }

    /// What is erased at once.
    public let erased: [Item]
    /// What is kept, without name or address.
    public let kept: [Kept]
}

/// How an erasure went.
public enum ErasureOutcome: Sendable, Equatable {
    /// Erased; the last mail is on its way.
    case erased
    /// There is no password: the link to erase the account was mailed to its owner.
    case mailed
    /// The proof failed.
    case refused(ProofOutcome)
    /// The last administrator cannot go.
    case lastAdministrator
}

/// How an erasure by the link of a mail went.
public enum ErasureConfirmation: Sendable, Equatable {
    /// Erased; the last mail is on its way.
    case erased
    /// The link was used or ran out, or the account is gone or let in another way by now.
    case expired
    /// The link is for another account than the one that is signed in; it still holds.
    case otherAccount
    /// The last administrator cannot go.
    case lastAdministrator
}
