public import Appeals
public import Civic
public import Foundation
import GRDB

/// One appeal with its history.
extension SQLiteAppealStore {
    /// Reads an appeal by its number.
    public func appeal(_ number: AppealNumber) async throws -> StoredAppeal? {
        try await one("number = :number", ["number": number.description])
    }

    /// Reads an appeal by its internal number.
    public func appeal(_ id: AppealID) async throws -> StoredAppeal? {
        try await one("id = :id", ["id": id.rawValue])
    }

    /// Reads an appeal by its number and the hash of its receipt's code.
    public func appeal(_ number: AppealNumber, receiptHash: Data) async throws -> StoredAppeal? {
        try await one(
            "number = :number AND receipt_hash = :hash",
            ["number": number.description, "hash": receiptHash]
        )
    }

    /// Reads open appeals in the order of their internal numbers.
    public func openAppeals(after id: AppealID?, limit: Int) async throws -> [StoredAppeal] {
        try await many(
            "is_open = 1 AND id > :id ORDER BY id LIMIT :limit",
            ["id": id?.rawValue ?? 0, "limit": limit]
        )
    }

    /// Reads appeals that wait for their registration; those whose kind is not known are left out.
    public func unregistered(limit: Int) async throws -> [StoredAppeal] {
        try await many(
            "state = 'submitted' AND legal_kind IS NOT NULL ORDER BY received, id LIMIT :limit",
            ["limit": limit]
        )
    }

    /// Reads official appeals without an answer in time.
    public func untoldRefusals(before time: LocalTime, limit: Int) async throws -> [StoredAppeal] {
        try await many(
            """
            is_open = 1 AND regime = 'official' AND due < :time AND NOT EXISTS (
                SELECT 1 FROM appeal_refusal WHERE appeal_refusal.appeal = appeal.id AND appeal_refusal.due = appeal.due
            ) ORDER BY due, id LIMIT :limit
            """,
            ["time": time.description, "limit": limit]
        )
    }

    /// Records that an applicant was told.
    public func recordRefusal(_ id: AppealID, due: LocalTime, with effects: SideEffects) async throws -> Bool {
        try await database.transact { db in
            try db.execute(
                sql: """
                    INSERT INTO appeal_refusal (appeal, due, told) VALUES (:appeal, :due, :told)
                    ON CONFLICT (appeal, due) DO NOTHING
                    """,
                arguments: ["appeal": id.rawValue, "due": due.description, "told": effects.time.stamp]
            )
            guard db.changesCount == 1 else { return false }
            try effects.write(db)
            return true
        }
    }

    /// Reads the appeals of a person.
    public func allAppeals(of person: PersonID) async throws -> [StoredAppeal] {
        try await many("owner = :owner ORDER BY opened, id", ["owner": person.rawValue])
    }

    private func one(_ condition: String, _ arguments: StatementArguments) async throws -> StoredAppeal? {
        try await many(condition, arguments).first
    }

    private func many(_ condition: String, _ arguments: StatementArguments) async throws -> [StoredAppeal] {
        try await database.read { db in
            try AppealRow.fetchAll(
                db,
                sql: "SELECT \(AppealRow.list) FROM appeal WHERE \(condition)",
                arguments: arguments
            )
            .map { try Self.stored($0, db) }
        }
    }

    private static func stored(_ row: AppealRow, _ db: Database) throws -> StoredAppeal {
        let id: StatementArguments = ["appeal": row.id]
        let moves = try AppealMoveRow.fetchAll(
            db,
            sql: """
                SELECT appeal_move.appeal, appeal_move.version, time, move, actor, person, from_state, to_state, details,
                    attested, reason, question
                FROM appeal_move LEFT JOIN appeal_move_text
                    ON appeal_move_text.appeal = appeal_move.appeal AND appeal_move_text.version = appeal_move.version
                WHERE appeal_move.appeal = :appeal ORDER BY appeal_move.version
                """,
            arguments: id
        )
        let place = try String.fetchOne(
            db,
            sql: "SELECT place FROM appeal_place WHERE appeal = :appeal ORDER BY version DESC LIMIT 1",
            arguments: id
        )
        let route = try String.fetchOne(
            db,
            sql: "SELECT route FROM appeal_route WHERE appeal = :appeal ORDER BY version DESC LIMIT 1",
            arguments: id
        )
        let content = try AppealJSON.value(AppealContent.self, row.content, "content", of: row.id)
        return StoredAppeal(
            number: try row.appealNumber,
            appeal: try Appeal(try row.opening, history: try moves.map { try $0.entry }),
            content: content,
            place: try place.map { try AppealJSON.value(AppealPlace.self, $0, "place", of: row.id) } ?? content.place,
            route: try route.map { try AppealJSON.value(StoredRoute.self, $0, "route", of: row.id) },
            term: try row.term.map { try AppealJSON.value(AppealTerm.self, $0, "term", of: row.id) },
            stateNumber: try String.fetchOne(
                db,
                sql: "SELECT number FROM appeal_state_number WHERE appeal = :appeal",
                arguments: id
            ),
            supporters: row.supporters,
            rating: try RatingRow.fetchOne(
                db,
                sql: "SELECT stars, comment, time FROM appeal_rating WHERE appeal = :appeal",
                arguments: id
            )?.rating,
            parent: try row.parent.flatMap {
                try String.fetchOne(db, sql: "SELECT number FROM appeal WHERE id = :id", arguments: ["id": $0])
            }.flatMap { AppealNumber($0) },
            parts: try PartRow.fetchAll(
                db,
                sql: "SELECT id, number, body, state FROM appeal WHERE parent = :appeal ORDER BY id",
                arguments: id
            )
            .map { try $0.part }.filter { $0.number.part != nil }
        )
    }
}

/// A rating as it is stored.
private struct RatingRow: TableRow {
    static let table = "appeal_rating"

    let stars: Int
    let comment: String?
    let time: Date

    var rating: AppealRating { AppealRating(stars: stars, comment: comment, time: time) }
}

/// A part of an appeal as it is stored.
private struct PartRow: TableRow {
    static let table = "appeal"

    let id: Int64
    let number: String
    let body: String?
    let state: String

    var part: AppealPart {
        get throws {
            AppealPart(
                id: AppealID(rawValue: id),
                number: try Self.required("number", id, AppealNumber(number)),
                body: body.map { Key($0) },
                state: try Self.required("state", id, AppealState(rawValue: state))
            )
        }
    }
}
