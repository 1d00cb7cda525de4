import Accounts
import Civic
import Foundation
import GRDB

/// A person as stored in the table.
enum PersonRow {
    /// The columns of a person, for queries that call the table `person`.
    static let columns = """
        person.id, person.email, person.name, person.username, person.language, person.role, person.passwordHash, person.passwordSet,
        person.notifiesAppeals, person.notifiesNews, person.created,
        EXISTS (
            SELECT 1 FROM secondFactor WHERE secondFactor.person = person.id AND confirmed IS NOT NULL
        ) AS hasSecondFactor
        """

    /// Reads a person.
    ///
    /// - Throws: `StoreError.malformedRecord`, which names the column but never its content.
    static func person(_ row: Row) throws -> Person {
        let id: Int64 = row["id"]
        return Person(
            id: PersonID(rawValue: id),
            name: PersonName(stored: row["name"]),
            email: try value("email", id) { EmailAddress(stored: row["email"]) },
            username: Username(stored: row["username"]),
            language: try value("language", id) { Language(rawValue: row["language"]) },
            role: try value("role", id) { Role(rawValue: row["role"]) },
            notifications: NotificationChoices(appeals: row["notifiesAppeals"], news: row["notifiesNews"]),
            passwordSet: (row["passwordSet"] as Int64?).map(Date.init(stamp:)),
            hasSecondFactor: row["hasSecondFactor"],
            created: Date(stamp: row["created"])
        )
    }

    static func fetch(_ db: Database, where condition: String, _ arguments: StatementArguments) throws -> Row? {
        try Row.fetchOne(db, sql: "SELECT \(columns) FROM person WHERE \(condition)", arguments: arguments)
    }

    static func value<Value>(
        _ column: String,
        _ id: Int64,
        table: String = "person",
        _ read: () -> Value?
    ) throws -> Value {
        guard let value = read() else {
            throw StoreError.malformedRecord(table: table, id: String(id), reason: "\(column) cannot be read")
        }
        return value
    }
}
