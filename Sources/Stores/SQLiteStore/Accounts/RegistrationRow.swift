import Accounts
import Civic
import Foundation
import GRDB

/// A registration as stored in the table.
struct RegistrationRow: TableRow {
    static let table = "registration"

    let tokenHash: Data
    let email: String
    let name: String?
    let language: String
    let role: String
    let agreement: String?
    let agreed: Date?
    let identity: Data?
    let inviter: PersonID?
    let created: Date
    let expires: Date

    /// The registration.
    ///
    /// - Throws: `StoreError.malformedRecord`, which names the row by its time, because its key is a secret.
    var registration: Registration {
        get throws {
            let consent = agreement.flatMap { version in
                agreed.map { Consent(subject: .agreement, version: AgreementVersion(rawValue: version), given: $0) }
            }
            return Registration(
                tokenHash: tokenHash,
                email: try Self.required("email", created.stamp, EmailAddress(stored: email)),
                name: name.map(PersonName.init(stored:)),
                language: try Self.required("language", created.stamp, Language(rawValue: language)),
                role: try Self.required("role", created.stamp, Role(rawValue: role)),
                consent: consent,
                identity: identity,
                inviter: inviter,
                created: created,
                expires: expires
            )
        }
    }
}
