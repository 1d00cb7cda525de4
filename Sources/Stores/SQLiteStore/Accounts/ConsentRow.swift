import Accounts
import Civic
import Foundation
import GRDB

/// A consent as stored in the table.
struct ConsentRow: TableRow {
    static let table = "consent"

    let id: Int64
    let subject: String
    let version: String
    let given: Date
    let withdrawn: Date?

    /// The consent.
    ///
    /// - Throws: `StoreError.malformedRecord`.
    var consent: Consent {
        get throws {
            Consent(
                subject: try Self.required("subject", id, Consent.Subject(rawValue: subject)),
                version: AgreementVersion(rawValue: version),
                given: given,
                withdrawn: withdrawn
            )
        }
    }
}
