import Accounts
import Civic
import Foundation
import GRDB

/// An identity at a provider as stored in the table.
struct IdentityRow: TableRow {
    static let table = "identity"

    let id: Int64
    let provider: String
    let issuer: String
    let subject: String
    let email: String?
    let isEmailVerified: Bool
    let name: String?
    let linked: Date

    /// What the person sees of it.
    var summary: LinkedIdentity { LinkedIdentity(id: id, provider: provider, email: email, linked: linked) }

    /// All of it.
    var identity: StoredIdentity {
        StoredIdentity(
            identity: ExternalIdentity(
                provider: provider,
                issuer: issuer,
                subject: subject,
                email: email,
                isEmailVerified: isEmailVerified,
                name: name
            ),
            linked: linked
        )
    }
}
