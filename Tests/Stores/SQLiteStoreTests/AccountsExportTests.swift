import Accounts
import Civic
import Foundation
import GRDB
import TestSupport
import Testing

@testable import SQLiteStore

@Suite struct AccountsExportTests {
    /// Columns that are not exported, each with the reason.
    private static let left: [String: String] = [
        "person.email_key": "the address in another spelling", "person.name_key": "the name in another spelling",
        "person.username_key": "the user name in another spelling", "person.password_hash": "told as has_password",
        "person.phone_hash": "derived from the number", "person.iin_hash": "derived from the number",
        "person.phone": "told opened", "person.iin": "told opened",
        "session.token_hash": "secret", "session.person": "told as account", "session.id": "a number of ours",
        "consent.id": "a number of ours", "consent.person": "told as account",
        "identity.id": "a number of ours", "identity.person": "told as account",
        "second_factor.person": "told as account", "second_factor.secret": "secret",
        "second_factor.session": "a number of ours", "second_factor.last_step": "a counter against replays",
        "recovery_code.person": "told as account", "recovery_code.hash": "secret, told as their number",
        "email_change.person": "told as account", "email_change.email_key": "the address in another spelling",
        "email_change.old_token_hash": "secret", "email_change.new_token_hash": "secret",
        "former_address.person": "told as account", "former_address.changed": "on record as emailChanged",
        "one_time_token.hash": "secret", "one_time_token.person": "told as account",
        "one_time_token.purpose": "runs out in minutes",
        "one_time_token.payload": "runs out in minutes", "one_time_token.tries_left": "runs out in minutes",
        "one_time_token.expires": "runs out in minutes",
        "saved_draft.key": "a hash", "saved_draft.person": "told as account",
        "saved_draft.payload": "sealed, told as fields", "saved_draft.id": "a number of ours",
    ]

    /// The columns of the person table and of the tables that refer to it.
    private static func columns(_ db: Database) throws -> [(table: String, column: String)] {
        let tables = try String.fetchAll(
            db,
            sql: """
                SELECT DISTINCT m.name FROM sqlite_master m, pragma_foreign_key_list(m.name) f
                WHERE m.type = 'table' AND f."table" IN ('person', 'second_factor')
                UNION SELECT 'person'
                """
        )
        return try tables.sorted().flatMap { table in
            try String.fetchAll(db, sql: "SELECT name FROM pragma_table_info(?)", arguments: [table]).map {
                (table, $0)
            }
        }
    }

    @Test("Every column about a person is exported, or left out for a stated reason")
    func everyColumn() async throws {
        let database = try PortalDatabase.traced()
        let full = try await FullAccount(database)
        let outcome = try await full.fixture.accounts.exportPersonalData(
            of: full.who,
            password: AccountFixture.password,
            from: AccountFixture.home,
            participants: [full.fixture.accounts.accountPersonalData]
        )
        guard case .exported(let copy) = outcome else { throw AccountFixture.Unexpected(what: "\(outcome)") }
        let object = try JSONSerialization.jsonObject(with: copy)
        let values = Self.leaves(object)
        let (columns, rows) = try await database.read { db in
            let columns = try Self.columns(db)
            let rows = try columns.map { table, column in
                let key = table == "person" ? "id" : "person"
                return try DatabaseValue.fetchAll(
                    db,
                    sql: "SELECT \"\(column)\" FROM \(table) WHERE \(key) = ? AND \"\(column)\" IS NOT NULL",
                    arguments: [full.who.person.rawValue]
                )
            }
            return (columns, rows)
        }
        #expect(columns.count > 50)
        for ((table, column), found) in zip(columns, rows) where Self.left["\(table).\(column)"] == nil {
            for value in found {
                let forms = Self.forms(value)
                #expect(!values.isDisjoint(with: forms), "\(table).\(column) is not in the copy: \(forms)")
            }
        }
        for value in [FullAccount.phone, FullAccount.iin, FullAccount.draft] { #expect(values.contains(value)) }
        let known = Set(columns.map { "\($0.table).\($0.column)" })
        #expect(Set(Self.left.keys).isSubset(of: known), "\(Set(Self.left.keys).subtracting(known))")
    }

    @Test("The person of the test has a value in every column, so that none is missed")
    func noneIsEmpty() async throws {
        let database = try PortalDatabase.traced()
        let full = try await FullAccount(database)
        let empty = try await database.read { db in
            try Self.columns(db).filter { table, column in
                let key = table == "person" ? "id" : "person"
                let sql = "SELECT count(\"\(column)\") FROM \(table) WHERE \(key) = ?"
                return try Int.fetchOne(db, sql: sql, arguments: [full.who.person.rawValue]) == 0
            }
            .map { "\($0.table).\($0.column)" }
        }
        // Withdrawn consents, an active authenticator app with its codes, and an address change that waits instead of
        // asking the old mailbox have their own tests.
        #expect(
            Set(empty) == [
                "consent.withdrawn", "second_factor.confirmed", "recovery_code.person", "recovery_code.hash",
                "one_time_token.payload", "email_change.without_old_from", "email_change.reminded",
            ]
        )
    }

    private static func forms(_ value: DatabaseValue) -> Set<String> {
        switch value.storage {
        case .int64(let number):
            let date = Date(timeIntervalSince1970: Double(number) / 1_000)
            let flag = number == 0 ? "false" : number == 1 ? "true" : String(number)
            return [String(number), flag, date.formatted(.iso8601)]
        case .string(let text): return [text]
        case .blob(let bytes): return [bytes.base64EncodedString()]
        case .null, .double: return []
        }
    }

    private static func leaves(_ value: Any) -> Set<String> {
        switch value {
        case let object as [String: Any]: Set(object.values.flatMap(leaves))
        case let array as [Any]: Set(array.flatMap(leaves))
        case let text as String: [text]
        case let number as NSNumber: [number.stringValue, number.boolValue ? "true" : "false"]
        default: []
        }
    }
}
