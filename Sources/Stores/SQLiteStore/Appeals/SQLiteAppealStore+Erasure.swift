public import Appeals
public import Civic
import Foundation
public import GRDB

/// What an erased account leaves of its appeals.
extension SQLiteAppealStore: DatabaseErasure {
    /// Deletes what was never sent, what the person supported and was responsible for, makes reports anonymous, and keeps official appeals.
    ///
    /// A report keeps its place on the map, its category and its course; applicant, texts, address, messages, notes, route and
    /// files are deleted, because any of them may name the person.
    public func erase(_ person: PersonID, in db: Database) throws {
        let owner: StatementArguments = ["owner": person.rawValue]
        try db.execute(sql: "DELETE FROM appeal WHERE owner = :owner AND state = 'draft'", arguments: owner)
        let reports = try AppealRow.fetchAll(
            db,
            sql: "SELECT \(AppealRow.list) FROM appeal WHERE owner = :owner AND regime = 'report'",
            arguments: owner
        )
        for report in reports { try Self.anonymise(report, db) }
        let supported = try Int64.fetchAll(
            db,
            sql: "SELECT appeal FROM appeal_support WHERE person = :owner",
            arguments: owner
        )
        try db.execute(sql: "DELETE FROM appeal_support WHERE person = :owner", arguments: owner)
        for id in supported { try Self.countSupporters(AppealID(rawValue: id), db) }
        try Self.deleteGrant(of: person, db)
    }

    /// Counts what an erasure deletes and keeps.
    public func erasureCounts(of person: PersonID) async throws -> AppealErasureCounts {
        try await database.read { db in
            func count(_ condition: String) throws -> Int {
                try Int.fetchOne(
                    db,
                    sql: "SELECT count(*) FROM appeal WHERE owner = :owner AND \(condition)",
                    arguments: ["owner": person.rawValue]
                ) ?? 0
            }
            return AppealErasureCounts(
                unsent: try count("state = 'draft'"),
                reports: try count("regime = 'report' AND state <> 'draft'"),
                official: try count("regime = 'official' AND state <> 'draft'"),
                supports: try Int.fetchOne(
                    db,
                    sql: "SELECT count(*) FROM appeal_support WHERE person = :person",
                    arguments: ["person": person.rawValue]
                ) ?? 0
            )
        }
    }

    /// Names the files that an erasure deletes.
    public func erasableFiles(of person: PersonID) async throws -> [AppealFileID] {
        try await database.read { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT attachment FROM appeal_file JOIN appeal ON appeal.id = appeal_file.appeal
                    WHERE owner = :owner AND (regime = 'report' OR state = 'draft') ORDER BY attachment
                    """,
                arguments: ["owner": person.rawValue]
            )
            .map { Key($0) }
        }
    }

    private static func anonymise(_ report: AppealRow, _ db: Database) throws {
        let content = try AppealJSON.value(AppealContent.self, report.content, "content", of: report.id)
        let blank = AppealContent(
            title: AppealTitle(stored: ""),
            text: AppealText(stored: ""),
            category: content.category,
            place: try? AppealPlace(point: report.summary.point, district: report.summary.district),
            language: content.language,
            answerLanguage: content.answerLanguage
        )
        try db.execute(
            sql: """
                UPDATE appeal SET title = '', title_key = '', content = :content, owner = NULL, receipt_hash = NULL,
                    request_hash = NULL, request_digest = NULL
                WHERE id = :id
                """,
            arguments: ["content": try AppealJSON.text(blank), "id": report.id]
        )
        for table in [
            "appeal_applicant", "appeal_move_text", "appeal_place", "appeal_route", "appeal_message", "appeal_note",
            "appeal_file", "appeal_rating",
        ] {
            try db.execute(sql: "DELETE FROM \(table) WHERE appeal = :appeal", arguments: ["appeal": report.id])
        }
    }
}
