import Civic
import Foundation
import TestSupport
import Testing

@testable import Appeals

/// Who may see and do what, and that every look of others at personal data is on record.
@Suite struct AppealAccessTests {
    @Test("Only the applicant and the staff in whose scope it is know of an appeal")
    func visibility() async throws {
        let desk = try AppealDesk()
        let owner = AppealDesk.citizen(try await desk.person(1))
        let filed = try await desk.file(AppealDesk.request(), by: owner)
        let number = filed.number
        let may: [AppealVisitor] = [
            owner, AppealVisitor(receipt: filed.id), try await desk.staff(10, .operator),
            try await desk.staff(11, .executor, ["da_medeu"]),
            try await desk.staff(12, .executor, ["da_medeu"], districts: ["medeu"]),
        ]
        let mayNot: [AppealVisitor] = [
            AppealVisitor(), AppealDesk.citizen(try await desk.person(2)),
            AppealVisitor(receipt: AppealID(rawValue: 99)), try await desk.staff(20, .executor, ["mob"]),
            try await desk.staff(21, .executor, ["da_medeu"], districts: ["almaly"]),
            try await desk.staff(22, .executor), try await desk.staff(23, .admin, ["da_medeu"]),
            try await desk.staff(24, .planner, ["da_medeu"]), try await desk.staff(25, .deputy),
        ]
        let (read, write) = (desk.useCases.readAppeal, desk.useCases.writeMessage)
        for visitor in may { #expect(try await read(number, by: visitor, from: AppealDesk.address) != nil) }
        for visitor in mayNot {
            #expect(try await read(number, by: visitor, from: AppealDesk.address) == nil)
            #expect(try await read.reveal(number, reason: "x", by: visitor, from: AppealDesk.address) == nil)
            #expect(try await write(number, "Текст", by: visitor) == .notFound)
            #expect(try await write.note(number, "Текст", by: visitor) == .notFound)
            #expect(try await desk.useCases.proposeRoute(number, by: visitor) == nil)
            for move in AppealMove.allCases {
                let outcome = try await desk.move(number, move, by: visitor) { $0.reason = "x" }
                #expect(outcome == .notFound)
            }
        }
        #expect(try await desk.store.appeal(number)?.appeal.version == 3)
        #expect(try await desk.store.accesses(of: filed.id, limit: 50).count == 3)
    }

    @Test("A move is made exactly in the parts that role, scope and workflow allow")
    func parts() async throws {
        let desk = try AppealDesk()
        let owner = AppealDesk.citizen(try await desk.person(1))
        let number = try await desk.file(AppealDesk.request(), by: owner).number
        let visitors: [(AppealVisitor, Set<MoveActor>)] = [
            (owner, [.citizen]), (try await desk.staff(10, .operator), [.operator]),
            (try await desk.staff(11, .executor, ["da_medeu"]), [.executor]),
            (try await desk.staff(12, .executor, ["da_medeu"], isHead: true), [.executor, .head]),
        ]
        for (visitor, actors) in visitors {
            for row in Workflow.standard.transitions where row.procedures.contains(.report) {
                let outcome = try await desk.move(number, row.move, by: visitor, attested: []) {
                    $0.reason = "x"
                    $0.outcome = .explained
                }
                // An executor changes category and place by a proposal only.
                let isProposal = row.move == .reclassify && actors == [.executor]
                let mayAct = !row.actors.isDisjoint(with: actors) && !isProposal
                #expect((outcome == .denied) == !mayAct, "\(row.move) by \(actors)")
            }
        }
    }

    @Test("IIN and address are shown with a reason only, and the applicant sees who looked")
    func reveal() async throws {
        let desk = try AppealDesk()
        let owner = AppealDesk.citizen(try await desk.person(1))
        let signature = try await desk.attachment(of: owner.person)
        let filed = try await desk.file(AppealDesk.request(.official, signature: signature), by: owner)
        let executor = try await desk.staff(2, .executor, ["da_medeu"])
        let read = desk.useCases.readAppeal
        #expect(try await read.reveal(filed.number, reason: " ", by: executor, from: AppealDesk.address) == nil)
        let identity = try await read.reveal(filed.number, reason: "проверка", by: executor, from: AppealDesk.address)
        #expect(identity?.number == "791028302728")
        #expect(identity?.address?[.house] == "97")
        let view = try #require(try await read(filed.number, by: executor, from: AppealDesk.address))
        #expect(view.identity == nil)
        #expect(view.contact?.phone == "+77012345678")
        #expect(view.internals != nil)
        #expect(try await read.mayOpen(signature, by: executor, from: AppealDesk.address) == filed.id)
        #expect(try await read.mayOpen(signature, by: AppealVisitor(), from: AppealDesk.address) == nil)
        let accesses = try #require(try await read.accesses(filed.number, by: owner))
        #expect(accesses.map(\.dataClass) == [.files, .contact, .identity])
        #expect(accesses.last?.reason == "проверка")
        let report = try await desk.file(AppealDesk.request(key: "request-2"), by: owner)
        #expect(try await read.reveal(report.number, reason: "x", by: executor, from: AppealDesk.address) == nil)
        let byReceipt = AppealVisitor(receipt: filed.id)
        let seen = try #require(try await read(filed.number, by: byReceipt, from: AppealDesk.address))
        #expect(seen.content != nil)
        #expect(seen.contact == nil)
        #expect(seen.identity == nil)
    }

    @Test("An operator records the number of the state register, by which the appeal is found")
    func stateNumber() async throws {
        let desk = try AppealDesk()
        let owner = AppealDesk.citizen(try await desk.person(1))
        let (operators, executor) = (
            try await desk.staff(2, .operator), try await desk.staff(3, .executor, ["da_medeu"])
        )
        let signature = try await desk.attachment(of: owner.person)
        let number = try await desk.file(AppealDesk.request(.official, signature: signature), by: owner).number
        let record = desk.useCases.recordStateNumber
        #expect(try await record(number, stateNumber: "ЖТ-2026-1", by: executor) == .denied)
        #expect(try await record(number, stateNumber: " ", by: operators) == .number(.empty))
        for state in ["ЖТ-2026-1", "ЖТ-2026-2"] {
            #expect(try await record(number, stateNumber: state, by: operators) == .recorded)
        }
        let view = try #require(try await desk.useCases.readAppeal(number, by: owner, from: AppealDesk.address))
        #expect(view.stateNumber == "ЖТ-2026-2")
        for (text, count) in [("ЖТ-2026-2", 1), ("ЖТ-2026-1", 0)] {
            let queue = try await desk.useCases.listAppeals.queue(AppealFilter { $0.text = text }, of: operators)
            #expect(queue?.total == count)
            #expect(queue?.page.appeals.map(\.number) == (count == 1 ? [number] : []))
        }
    }

    @Test("Nobody acts in an office on an appeal of one's own")
    func recusal() async throws {
        let desk = try AppealDesk()
        let executor = try await desk.staff(2, .executor, ["da_medeu"])
        let number = try await desk.file(AppealDesk.request(), by: executor).number
        #expect(try await desk.move(number, .takeUp, by: executor) == .denied)
        #expect(try await desk.move(number, .withdraw, by: executor) == .made(.withdrawn, version: 4))
    }

    @Test("Messages go both ways within limits, and notes stay with the staff")
    func messages() async throws {
        let desk = try AppealDesk()
        let owner = AppealDesk.citizen(try await desk.person(1))
        let executor = try await desk.staff(2, .executor, ["da_medeu"])
        let filed = try await desk.file(AppealDesk.request(), by: owner)
        let write = desk.useCases.writeMessage
        let file = try await desk.attachment(of: owner.person)
        #expect(try await write(filed.number, "Когда?", files: [file], by: owner) == .written)
        #expect(try await write(filed.number, "Когда?", files: [file], by: owner) == .refused)
        #expect(try await write(filed.number, " \n", by: owner) == .text(.empty))
        #expect(try await write(filed.number, "Завтра", by: executor) == .written)
        #expect(try await write.note(filed.number, "Проверить подрядчика", by: executor) == .written)
        #expect(try await write.note(filed.number, "x", by: owner) == .denied)
        let read = desk.useCases.readAppeal
        let view = try #require(try await read(filed.number, by: owner, from: AppealDesk.address))
        #expect(view.messages.map(\.isFromStaff) == [false, true])
        #expect(view.files?.map(\.message) == [view.messages.first?.id])
        #expect(view.internals == nil)
        let staffView = try #require(try await read(filed.number, by: executor, from: AppealDesk.address))
        #expect(staffView.internals?.notes.map(\.text) == ["Проверить подрядчика"])
        for _ in 1..<AppealMessage.maxADay { #expect(try await write(filed.number, "Ещё", by: owner) == .written) }
        #expect(try await write(filed.number, "Ещё", by: owner) == .refused)
        desk.clock.advance(by: 86_401)
        #expect(try await write(filed.number, "Ещё", by: owner) == .written)
        #expect(try await desk.mails(to: "asel@example.kz").last == "message \(filed.number)")
    }

    @Test("Mails that no law requires follow the preference of the account")
    func preference() async throws {
        let desk = try AppealDesk()
        let owner = AppealDesk.citizen(try await desk.person(1, wantsMails: false))
        let executor = try await desk.staff(2, .executor, ["da_medeu"])
        let number = try await desk.file(AppealDesk.request(), by: owner).number
        _ = try await desk.move(number, .takeUp, by: executor)
        #expect(try await desk.mails(to: "asel@example.kz") == ["registered \(number)"])
    }

    @Test("Responsibility is granted by an administrator to others, for known bodies and districts")
    func grants() async throws {
        let desk = try AppealDesk()
        let (admin, executor) = (try await desk.staff(2, .admin), try await desk.staff(3, .executor))
        let grant = desk.useCases.grantResponsibility
        let person = try #require(executor.person)
        let scope = StaffGrant(person: person, bodies: ["da_medeu"], districts: ["medeu"], isHead: true)
        #expect(try await grant(scope, by: executor) == .denied)
        #expect(try await grant(StaffGrant(person: person, bodies: ["x"]), by: admin) == .unknownBody("x"))
        let nowhere = StaffGrant(person: person, bodies: ["mob"], districts: ["x"])
        #expect(try await grant(nowhere, by: admin) == .unknownDistrict("x"))
        #expect(try await grant(scope, by: admin) == .granted)
        #expect(try await grant.all(by: admin) == [scope])
        #expect(try await grant.all(by: executor) == [])
        #expect(try await desk.store.mailboxes(of: "da_medeu", headsOnly: true, limit: 9).map(\.person) == [person])
        #expect(try await grant(StaffGrant(person: person), by: admin) == .granted)
        #expect(try await grant.grant(of: person, by: admin) == nil)
        #expect(try await desk.store.mailboxes(of: "da_medeu", headsOnly: false, limit: 9) == [])
    }
}
