import Accounts
import Civic
import Foundation
import GRDB

/// A second factor as stored in the table, with the number of its recovery codes.
struct SecondFactorRow: TableRow {
    static let table = "second_factor"

    let secret: Data
    let session: SessionID?
    let expires: Date?
    /// When it was confirmed; nil while it is being set up.
    let confirmed: Date?
    let lastStep: Int64
    let codes: Int

    var factor: StoredSecondFactor {
        StoredSecondFactor(
            secret: secret,
            isConfirmed: confirmed != nil,
            session: session,
            expires: expires,
            lastStep: lastStep,
            recoveryCodesLeft: codes
        )
    }
}
