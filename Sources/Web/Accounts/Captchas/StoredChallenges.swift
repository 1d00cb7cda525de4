import Accounts
import Captcha
import Foundation

/// Remembers used challenges where the accounts are kept, so that none passes twice on any machine.
struct StoredChallenges: UsedChallenges {
    let accounts: AccountService

    func use(_ challenge: String, until expires: Date) async throws -> Bool {
        try await accounts.useChallenge(challenge, until: expires)
    }
}
