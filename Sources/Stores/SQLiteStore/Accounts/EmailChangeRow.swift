import Accounts
import Civic
import Foundation
import GRDB

/// A change of an address as stored in the table.
struct EmailChangeRow: TableRow {
    static let table = "email_change"

    let person: PersonID
    let email: String
    let oldTokenHash: Data
    let isOldConfirmed: Bool
    let isNewConfirmed: Bool
    let withoutOldFrom: Date?
    let reminded: Date?
    let expires: Date

    /// The change.
    ///
    /// - Throws: `StoreError.malformedRecord`.
    var change: PendingEmailChange {
        get throws {
            PendingEmailChange(
                email: try Self.required("email", person, EmailAddress(stored: email)),
                isOldConfirmed: isOldConfirmed,
                isNewConfirmed: isNewConfirmed,
                withoutOldFrom: withoutOldFrom,
                reminded: reminded,
                expires: expires
            )
        }
    }
}
