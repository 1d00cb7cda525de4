/// Persistent storage of the accounts.
///
/// Each call is one transaction; each change goes with its mails and its events.
public protocol AccountStore: PeopleStore, RegistrationStore, SessionStore, TokenStore, ThrottleStore, EmailChangeStore,
    IdentityStore, SecondFactorStore, PersonalDataStore, SealedValueStore, AuditStore
{}
