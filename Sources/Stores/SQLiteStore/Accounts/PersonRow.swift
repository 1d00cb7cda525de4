import Accounts
import Civic
import Foundation
import GRDB

/// A person as stored in the table.
struct PersonRow: TableRow {
    static let table = "person"

    /// The columns of a person, for queries that call the table `person`.
    static let columns = """
        person.id, person.email, person.name, person.username, person.language, person.role, person.password_hash, person.password_set,
        person.notifies_appeals, person.notifies_news, person.created,
        EXISTS (
            SELECT 1 FROM second_factor WHERE second_factor.person = person.id AND confirmed IS NOT NULL
        ) AS has_second_factor
        """

    let id: PersonID
    let email: String
    let name: String
    let username: String
    let language: String
    let role: String
    let passwordHash: String?
    let passwordSet: Date?
    let notifiesAppeals: Bool
    let notifiesNews: Bool
    let created: Date
    let hasSecondFactor: Bool

    /// The person.
    ///
    /// - Throws: `StoreError.malformedRecord`.
    var person: Person {
        get throws {
            Person(
                id: id,
                name: PersonName(stored: name),
                email: try Self.required("email", id, EmailAddress(stored: email)),
                username: Username(stored: username),
                language: try Self.required("language", id, Language(rawValue: language)),
                role: try Self.required("role", id, Role(rawValue: role)),
                notifications: NotificationChoices(appeals: notifiesAppeals, news: notifiesNews),
                passwordSet: passwordSet,
                hasSecondFactor: hasSecondFactor,
                created: created
            )
        }
    }

    static func fetch(_ db: Database, where condition: String, _ arguments: StatementArguments) throws -> PersonRow? {
        try fetchOne(db, sql: "SELECT \(columns) FROM person WHERE \(condition)", arguments: arguments)
    }
}
