import Accounts
import Civic
import Foundation
import GRDB
import SQLiteStore
import TestSupport
import Testing

@testable import Appeals

/// What is sealed, downloaded, kept and erased of the people who file.
@Suite struct AppealPersonalDataTests {
    @Test("No column of the database has the applicant's numbers, names or addresses in clear")
    func sealed() async throws {
        let desk = try AppealDesk()
        _ = try await desk.file(AppealDesk.request())
        let applicant = try desk.database.read { try Row.fetchAll($0, sql: "SELECT * FROM appeal_applicant") }
        let cells = try await desk.database.read { db in
            try ["appeal", "appeal_move", "appeal_route", "appeal_move_text"].flatMap { table in
                try Row.fetchAll(db, sql: "SELECT * FROM \(table)").map { "\($0)" }
            }
        }
        let text =
            cells.joined()
            + applicant.map { row in
                row.databaseValues.compactMap { Data.fromDatabaseValue($0) }.map { String(decoding: $0, as: UTF8.self) }
                    .joined()
            }.joined()
        for secret in ["791028302728", "+77012345678", "asel@example.kz", "Омарова"] { #expect(!text.contains(secret)) }
        #expect(applicant.count == 1)
    }

    @Test("A change of the secret key reaches the applicants, and the IIN is still found")
    func rotation() async throws {
        let keys = try KeyRing.random()
        let desk = try AppealDesk(sealer: ValueSealer(keys))
        let filed = try await desk.file(AppealDesk.request())
        let rotated = ValueSealer(try keys.rotated())
        let rotation = KeyRotation(store: SQLiteAccountStore(desk.database), sealer: rotated)
        #expect(try await rotation.run(at: AppealDesk.start) == 3)
        #expect(try await rotation.finish(at: AppealDesk.start) == 0)
        let applicant = try #require(try await desk.store.applicant(of: filed.id))
        #expect(try rotated.contact(of: applicant).name == "Омарова Әсел")
        #expect(try rotated.identity(of: applicant).number == "791028302728")
        let hash = try rotated.hash("791028302728", for: .applicantNumber)
        #expect(try await desk.store.appeals(numberHashes: [hash], limit: 9).map(\.id) == [filed.id])
        let lost = KeyRotation(store: SQLiteAccountStore(desk.database), sealer: ValueSealer(try KeyRing.random()))
        let counts = try await lost.dropLost(at: AppealDesk.start)
        #expect(counts == [.applicantContact: 1, .applicantIdentity: 1, .applicantNumber: 1])
        let empty = try #require(try await desk.store.applicant(of: filed.id))
        #expect(empty == SealedApplicant(contact: nil, identity: nil, number: nil, numberHash: nil))
    }

    @Test("The download has everything that the applicant filed and got")
    func download() async throws {
        let desk = try AppealDesk()
        let owner = try await desk.person(1)
        let executor = try await desk.staff(2, .executor, ["da_medeu"])
        let filed = try await desk.file(AppealDesk.request(), by: AppealDesk.citizen(owner))
        _ = try await desk.useCases.writeMessage(filed.number, "Когда?", by: AppealDesk.citizen(owner))
        _ = try await desk.useCases.writeMessage.note(filed.number, "СЛУЖЕБНОЕ", by: executor)
        _ = try await desk.useCases.readAppeal(filed.number, by: executor, from: AppealDesk.address)
        let participant = desk.useCases.personalData { _ in }
        let sections = try await participant.sections(of: owner, at: AppealDesk.start)
        #expect(sections.map(\.name) == ["appeals"])
        let section = try #require(sections.first)
        let json = String(decoding: try JSONEncoder().encode(section.value), as: UTF8.self)
        for wanted in ["791028302728", "Когда?", "объезжают", "\(filed.number)", "asel@example.kz", "contact"] {
            #expect(json.contains(wanted), "\(wanted)")
        }
        #expect(!json.contains("СЛУЖЕБНОЕ"))
        #expect(try await participant.sections(of: PersonID(rawValue: 99), at: AppealDesk.start).isEmpty)
        let clerk = try #require(executor.person)
        #expect(try await participant.sections(of: clerk, at: AppealDesk.start).map(\.name) == ["appealResponsibility"])
        let accounts = SQLiteAccountStore(desk.database)
        let effects = SideEffects(at: AppealDesk.start)
        #expect(try await accounts.erase(clerk, steps: [desk.store.erasure], with: effects))
        #expect(try await desk.store.grant(of: clerk) == nil)
    }

    @Test("An erasure deletes what was not sent, makes reports anonymous and keeps official appeals")
    func erasure() async throws {
        let desk = try AppealDesk()
        let (owner, other) = (try await desk.person(1), try await desk.person(2))
        let visitor = AppealDesk.citizen(owner)
        let photo = try await desk.attachment(of: owner)
        let report = try await desk.file(AppealDesk.request(files: [photo]), by: visitor)
        let unsent = try await desk.file(AppealDesk.request(.official, key: "request-2"), by: visitor)
        let signature = try await desk.attachment(of: owner)
        let official = try await desk.file(
            AppealDesk.request(.official, key: "request-3", signature: signature),
            by: visitor
        )
        let others = try await desk.file(AppealDesk.request(key: "request-4"), by: AppealDesk.citizen(other))
        #expect(try await desk.useCases.supportAppeal(others.number, by: owner) == .supported(1))
        _ = try await desk.move(report.number, .withdraw, by: visitor) { $0.reason = "ТАЙНА" }
        _ = try await desk.useCases.writeMessage(report.number, "ТАЙНА", by: visitor)
        let deleted = Deleted()
        let participant = desk.useCases.personalData { await deleted.add($0) }
        let preview = try await participant.erasurePreview(of: owner, at: AppealDesk.start)
        #expect(preview.erased.map(\.count) == [1, 1, 1])
        #expect(preview.kept == [.init(subject: "official_appeals", count: 1, reason: "appeals")])
        guard case .before(let before) = participant.files.erasure else {
            throw AppealDesk.Unexpected(what: "files are not deleted ahead")
        }
        try await before(owner)
        #expect(await deleted.files == [photo])
        let accounts = SQLiteAccountStore(desk.database)
        let isDone = try await accounts.erase(
            owner,
            steps: [desk.store.erasure],
            with: SideEffects(at: AppealDesk.start)
        )
        #expect(isDone)
        #expect(try await desk.store.appeal(unsent.number) == nil)
        let kept = try #require(try await desk.store.appeal(official.number))
        #expect(kept.appeal.opening.owner == owner)
        #expect(try await desk.store.applicant(of: kept.id) != nil)
        let anonymous = try #require(try await desk.store.appeal(report.number))
        #expect(anonymous.appeal.state == .withdrawn)
        #expect(anonymous.appeal.opening.owner == nil)
        #expect(anonymous.place?.point == AppealDesk.medeu.point)
        #expect(anonymous.place?.address == nil)
        #expect(try await desk.store.applicant(of: report.id) == nil)
        #expect(try await desk.store.messages(of: report.id).isEmpty)
        #expect(try await desk.store.appeal(others.number)?.supporters == 0)
        let cells = try await desk.database.read { db in
            try ["appeal", "appeal_move", "appeal_move_text", "appeal_message", "appeal_place"].flatMap { table in
                try Row.fetchAll(db, sql: "SELECT * FROM \(table)").map { "\($0)" }
            }
        }
        #expect(!cells.joined().contains("ТАЙНА"))
        // The history of the report still replays, and the portal gives no number again.
        let next = try await desk.file(AppealDesk.request(key: "request-5"), by: AppealDesk.citizen(other))
        #expect(next.number.sequence == 5)
        #expect(next.id.rawValue == 5)
    }
}

/// Files that were deleted.
private actor Deleted {
    private(set) var files: [AppealFileID] = []

    func add(_ more: [AppealFileID]) { files += more }
}
