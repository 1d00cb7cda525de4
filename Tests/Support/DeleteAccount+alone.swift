public import Accounts
public import Civic

/// Erasures in a portal whose only feature with personal data is accounts.
extension DeleteAccount {
    /// Erases an account.
    public func erase(_ who: SignedIn, password: String?, from address: RemoteAddress) async throws -> ErasureOutcome {
        try await erase(who, password: password, from: address, participants: [])
    }

    /// Erases an account by a mailed link.
    public func confirm(_ token: SecretToken, by who: SignedIn?) async throws -> ErasureConfirmation {
        try await confirm(token, by: who, participants: [])
    }
}
