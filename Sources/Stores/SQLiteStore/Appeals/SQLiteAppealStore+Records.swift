public import Appeals
public import Civic
public import Foundation
import GRDB

/// What goes with an appeal: the applicant, files, messages, notes, supports, ratings, changed terms and readings.
extension SQLiteAppealStore {
    /// Reads the applicant.
    public func applicant(of id: AppealID) async throws -> SealedApplicant? {
        try await database.read { db in
            try ApplicantRow.fetchOne(
                db,
                sql: "SELECT contact, identity, number, number_hash FROM appeal_applicant WHERE appeal = :appeal",
                arguments: ["appeal": id.rawValue]
            )?.applicant
        }
    }

    /// Reads the files.
    public func files(of id: AppealID) async throws -> [AppealFile] {
        try await database.read { db in
            try FileRow.fetchAll(
                db,
                sql: """
                    SELECT attachment, purpose, version, message FROM appeal_file WHERE appeal = :appeal ORDER BY position
                    """,
                arguments: ["appeal": id.rawValue]
            )
            .map { try $0.file }
        }
    }

    /// Finds the appeal of a file.
    public func appeal(with file: AppealFileID) async throws -> AppealID? {
        try await database.read { db in
            try Int64.fetchOne(
                db,
                sql: "SELECT appeal FROM appeal_file WHERE attachment = :attachment",
                arguments: ["attachment": file.rawValue]
            )
            .map(AppealID.init(rawValue:))
        }
    }

    /// Reads the messages.
    public func messages(of id: AppealID) async throws -> [AppealMessage] {
        try await database.read { db in
            try MessageRow.fetchAll(
                db,
                sql: """
                    SELECT id, time, is_from_staff, person, text FROM appeal_message WHERE appeal = :appeal ORDER BY id
                    """,
                arguments: ["appeal": id.rawValue]
            )
            .map(\.message)
        }
    }

    /// Adds a message.
    public func add(
        _ message: AppealMessage,
        to id: AppealID,
        files: [NewAppealFile],
        most: Int,
        since time: Date,
        with effects: SideEffects
    ) async throws -> AppealMessageID? {
        do {
            return try await database.transact { db in
                let recent = try Int.fetchOne(
                    db,
                    sql: """
                        SELECT count(*) FROM appeal_message
                        WHERE appeal = :appeal AND is_from_staff = :is_from_staff AND time > :since
                        """,
                    arguments: [
                        "appeal": id.rawValue, "is_from_staff": message.isFromStaff ? 1 : 0, "since": time.stamp,
                    ]
                )
                guard (recent ?? 0) < most else { return nil }
                let number = try Int64.fetchOne(
                    db,
                    sql: """
                        INSERT INTO appeal_message (appeal, time, is_from_staff, person, text)
                        VALUES (:appeal, :time, :is_from_staff, :person, :text) RETURNING id
                        """,
                    arguments: [
                        "appeal": id.rawValue, "time": message.time.stamp,
                        "is_from_staff": message.isFromStaff ? 1 : 0, "person": message.person?.rawValue,
                        "text": message.text,
                    ]
                )
                guard let number else { throw StoreError.noAnswer }
                let version = try Int.fetchOne(
                    db,
                    sql: "SELECT version FROM appeal WHERE id = :id",
                    arguments: ["id": id.rawValue]
                )
                try Self.claim(files, of: id, version: version ?? 0, message: number, at: message.time, db)
                try effects.write(db)
                return AppealMessageID(rawValue: number)
            }
        } catch AppealRollback.filesUnavailable {
            return nil
        }
    }

    /// Reads the notes.
    public func notes(of id: AppealID) async throws -> [AppealNote] {
        try await database.read { db in
            try NoteRow.fetchAll(
                db,
                sql: "SELECT time, person, text FROM appeal_note WHERE appeal = :appeal ORDER BY id",
                arguments: ["appeal": id.rawValue]
            )
            .map { AppealNote(time: $0.time, person: $0.person, text: $0.text) }
        }
    }

    /// Adds a note.
    public func add(_ note: AppealNote, to id: AppealID) async throws {
        try await database.transact { db in
            try db.execute(
                sql: "INSERT INTO appeal_note (appeal, time, person, text) VALUES (:appeal, :time, :person, :text)",
                arguments: [
                    "appeal": id.rawValue, "time": note.time.stamp, "person": note.person.rawValue, "text": note.text,
                ]
            )
        }
    }

    /// Adds a supporter.
    public func support(_ id: AppealID, by person: PersonID, at time: Date) async throws -> Bool {
        try await database.transact { db in
            guard try Self.addSupport(id, person, at: time, db) else { return false }
            try Self.countSupporters(id, db)
            return true
        }
    }

    /// Takes a support back.
    public func unsupport(_ id: AppealID, by person: PersonID) async throws -> Bool {
        try await database.transact { db in
            try db.execute(
                sql: "DELETE FROM appeal_support WHERE appeal = :appeal AND person = :person",
                arguments: ["appeal": id.rawValue, "person": person.rawValue]
            )
            guard db.changesCount == 1 else { return false }
            try Self.countSupporters(id, db)
            return true
        }
    }

    /// Looks for a support.
    public func isSupported(_ id: AppealID, by person: PersonID) async throws -> Bool {
        try await database.read { db in
            try Bool.fetchOne(
                db,
                sql: "SELECT EXISTS (SELECT 1 FROM appeal_support WHERE appeal = :appeal AND person = :person)",
                arguments: ["appeal": id.rawValue, "person": person.rawValue]
            ) ?? false
        }
    }

    /// Records the number in the state register.
    public func setStateNumber(_ id: AppealID, _ number: String, by person: PersonID, at time: Date) async throws {
        try await database.transact { db in
            try db.execute(
                sql: """
                    INSERT INTO appeal_state_number (appeal, number, person, time) VALUES (:appeal, :number, :person, :time)
                    ON CONFLICT (appeal) DO UPDATE SET number = :number, person = :person, time = :time
                    """,
                arguments: [
                    "appeal": id.rawValue, "number": number, "person": person.rawValue, "time": time.stamp,
                ]
            )
        }
    }

    /// Stores a rating.
    public func rate(_ id: AppealID, _ rating: AppealRating) async throws {
        try await database.transact { db in
            try db.execute(
                sql: """
                    INSERT INTO appeal_rating (appeal, stars, comment, time) VALUES (:appeal, :stars, :comment, :time)
                    ON CONFLICT (appeal) DO UPDATE SET stars = :stars, comment = :comment, time = :time
                    """,
                arguments: [
                    "appeal": id.rawValue, "stars": rating.stars, "comment": rating.comment, "time": rating.time.stamp,
                ]
            )
        }
    }

    /// Reads the changes of the term.
    public func termChanges(of id: AppealID) async throws -> [TermChange] {
        try await database.read { db in
            try TermChangeRow.fetchAll(
                db,
                sql: """
                    SELECT appeal, time, old_term, new_term FROM appeal_term_change WHERE appeal = :appeal ORDER BY id
                    """,
                arguments: ["appeal": id.rawValue]
            )
            .map { try $0.change }
        }
    }

    /// Records readings.
    public func record(_ accesses: [AppealAccess]) async throws {
        guard !accesses.isEmpty else { return }
        try await database.transact { db in
            for access in accesses {
                try db.execute(
                    sql: """
                        INSERT INTO appeal_access (appeal, person, role, time, data_class, reason, origin)
                        VALUES (:appeal, :person, :role, :time, :data_class, :reason, :origin)
                        """,
                    arguments: [
                        "appeal": access.appeal.rawValue, "person": access.person.rawValue,
                        "role": access.role.rawValue, "time": access.time.stamp,
                        "data_class": access.dataClass.rawValue, "reason": access.reason, "origin": access.origin,
                    ]
                )
            }
        }
    }

    /// Reads the readings.
    public func accesses(of id: AppealID, limit: Int) async throws -> [AppealAccess] {
        try await database.read { db in
            try AccessRow.fetchAll(
                db,
                sql: """
                    SELECT appeal, person, role, time, data_class, reason, origin FROM appeal_access
                    WHERE appeal = :appeal ORDER BY id DESC LIMIT :limit
                    """,
                arguments: ["appeal": id.rawValue, "limit": limit]
            )
            .map { try $0.access }
        }
    }
}
