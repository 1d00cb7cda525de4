import Appeals
import Civic
import Foundation
import GRDB
import Geo

/// The rows of an appeal, written within a transaction.
extension SQLiteAppealStore {
    /// Adds a new appeal with everything but its files.
    static func insert(_ new: NewAppeal, _ key: FilingKey?, _ db: Database) throws {
        let (opening, content) = (new.appeal.opening, new.content)
        var deputy: DeputyID?
        if case .deputy(let id) = content.addressee { deputy = id }
        var arguments = try AppealProjection(appeal: new.appeal, term: new.term).arguments
        arguments += [
            "id": opening.id.rawValue, "number": new.number.description, "parent": opening.parent?.rawValue,
            "regime": opening.regime.rawValue, "kind": opening.kind.rawValue, "owner": opening.owner?.rawValue,
            "opened": opening.time.stamp, "opening_category": opening.category?.rawValue,
            "opening_body": opening.body?.rawValue, "title": content.title.text,
            "title_key": searchKey(content.title.text), "content": try AppealJSON.text(content),
            "deputy": deputy?.rawValue, "rules_version": new.rulesVersion, "receipt_hash": new.receiptHash,
            "request_hash": key?.hashes.first, "request_digest": key?.digests.first,
            "longitude": content.place?.point?.longitude, "latitude": content.place?.point?.latitude,
            "district": content.place?.district?.rawValue,
        ]
        try db.execute(
            sql: """
                INSERT INTO appeal (
                    id, number, parent, regime, kind, owner, opened, opening_category, opening_body, title, title_key, content,
                    deputy, rules_version, receipt_hash, request_hash, request_digest, version, state, legal_kind,
                    state_number, body, executor, category, outcome, received, since, is_open, is_extended, is_dangerous,
                    term, due, longitude, latitude, district
                ) VALUES (
                    :id, :number, :parent, :regime, :kind, :owner, :opened, :opening_category, :opening_body, :title,
                    :title_key, :content, :deputy, :rules_version, :receipt_hash, :request_hash, :request_digest, :version,
                    :state, :legal_kind, :state_number, :body, :executor, :category, :outcome, :received, :since, :is_open,
                    :is_extended, :is_dangerous, :term, :due, :longitude, :latitude, :district
                )
                """,
            arguments: arguments
        )
        if let applicant = new.applicant { try insert(applicant, of: opening.id, db) }
        try insert(new.appeal.history[...], of: opening.id, db)
        if let route = new.route { try set(route, of: opening.id, version: 0, db) }
    }

    /// Writes what follows from the history, unless the version has changed meanwhile.
    static func update(_ appeal: Appeal, _ term: AppealTerm?, from version: Int, _ db: Database) throws -> Bool {
        var arguments = try AppealProjection(appeal: appeal, term: term).arguments
        arguments += ["id": appeal.opening.id.rawValue, "seen": version]
        try db.execute(
            sql: """
                UPDATE appeal SET \(AppealProjection.columns.map { "\($0) = :\($0)" }.joined(separator: ", "))
                WHERE id = :id AND version = :seen
                """,
            arguments: arguments
        )
        return db.changesCount == 1
    }

    /// Adds moves to the history.
    static func insert(_ entries: ArraySlice<HistoryEntry>, of id: AppealID, _ db: Database) throws {
        for entry in entries {
            var details = entry.details
            (details.reason, details.question) = (nil, nil)
            try db.execute(
                sql: """
                    INSERT INTO appeal_move (
                        appeal, version, time, move, actor, person, from_state, to_state, details, attested
                    ) VALUES (
                        :appeal, :version, :time, :move, :actor, :person, :from_state, :to_state, :details, :attested
                    )
                    """,
                arguments: [
                    "appeal": id.rawValue, "version": entry.version, "time": entry.time.stamp,
                    "move": entry.move.rawValue, "actor": entry.actor.rawValue, "person": entry.person?.rawValue,
                    "from_state": entry.from.rawValue, "to_state": entry.to.rawValue,
                    "details": try AppealJSON.text(details),
                    "attested": try AppealJSON.text(entry.attested.map(\.rawValue).sorted()),
                ]
            )
            guard entry.details.reason != nil || entry.details.question != nil else { continue }
            try db.execute(
                sql: """
                    INSERT INTO appeal_move_text (appeal, version, reason, question)
                    VALUES (:appeal, :version, :reason, :question)
                    """,
                arguments: [
                    "appeal": id.rawValue, "version": entry.version, "reason": entry.details.reason,
                    "question": entry.details.question,
                ]
            )
        }
    }

    /// Sets a changed place.
    static func set(_ place: AppealPlace, of id: AppealID, version: Int, _ db: Database) throws {
        try db.execute(
            sql: "INSERT INTO appeal_place (appeal, version, place) VALUES (:appeal, :version, :place)",
            arguments: ["appeal": id.rawValue, "version": version, "place": try AppealJSON.text(place)]
        )
        try db.execute(
            sql: """
                UPDATE appeal SET longitude = :longitude, latitude = :latitude, district = :district WHERE id = :id
                """,
            arguments: [
                "longitude": place.point?.longitude, "latitude": place.point?.latitude,
                "district": place.district?.rawValue, "id": id.rawValue,
            ]
        )
    }

    /// Keeps a route.
    static func set(_ route: StoredRoute, of id: AppealID, version: Int, _ db: Database) throws {
        try db.execute(
            sql: "INSERT INTO appeal_route (appeal, version, route) VALUES (:appeal, :version, :route)",
            arguments: ["appeal": id.rawValue, "version": version, "route": try AppealJSON.text(route)]
        )
    }

    /// Lets the applicant and the supporters of a joined report support the other one.
    static func moveSupporters(of appeal: Appeal, to target: AppealID, at time: Date, _ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO appeal_support (appeal, person, time)
                SELECT :target, person, time FROM appeal_support WHERE appeal = :appeal
                ON CONFLICT (appeal, person) DO NOTHING
                """,
            arguments: ["target": target.rawValue, "appeal": appeal.opening.id.rawValue]
        )
        if let owner = appeal.opening.owner { _ = try addSupport(target, owner, at: time, db) }
        try db.execute(
            sql: """
                DELETE FROM appeal_support WHERE appeal = :target AND person = (SELECT owner FROM appeal WHERE id = :target)
                """,
            arguments: ["target": target.rawValue]
        )
        try countSupporters(target, db)
    }

    /// Adds a supporter; false when the person supports the report already.
    static func addSupport(_ id: AppealID, _ person: PersonID, at time: Date, _ db: Database) throws -> Bool {
        try db.execute(
            sql: """
                INSERT INTO appeal_support (appeal, person, time) VALUES (:appeal, :person, :time)
                ON CONFLICT (appeal, person) DO NOTHING
                """,
            arguments: ["appeal": id.rawValue, "person": person.rawValue, "time": time.stamp]
        )
        return db.changesCount == 1
    }

    /// Recounts the supporters.
    static func countSupporters(_ id: AppealID, _ db: Database) throws {
        try db.execute(
            sql: """
                UPDATE appeal SET supporters = (SELECT count(*) FROM appeal_support WHERE appeal = :id) WHERE id = :id
                """,
            arguments: ["id": id.rawValue]
        )
    }

    /// The form of a title in which words are searched.
    static func searchKey(_ text: String) -> String { text.precomposedStringWithCanonicalMapping.lowercased() }

    private static func insert(_ applicant: SealedApplicant, of id: AppealID, _ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO appeal_applicant (appeal, contact, identity, number, number_hash)
                VALUES (:appeal, :contact, :identity, :number, :number_hash)
                """,
            arguments: [
                "appeal": id.rawValue, "contact": applicant.contact, "identity": applicant.identity,
                "number": applicant.number, "number_hash": applicant.numberHash,
            ]
        )
    }
}
