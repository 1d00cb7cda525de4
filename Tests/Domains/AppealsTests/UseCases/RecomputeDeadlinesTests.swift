import Civic
import Foundation
import SQLiteStore
import TestSupport
import Testing

@testable import Appeals

/// Terms after a change of the work calendar.
@Suite struct RecomputeDeadlinesTests {
    @Test(
        "An application without an answer counts as refused on the day after its term, which is told once for each term"
    )
    func deemedRefusal() async throws {
        let desk = try AppealDesk()
        let owner = AppealDesk.citizen(try await desk.person(1, wantsMails: false))
        let head = try await desk.staff(2, .executor, ["da_medeu"], isHead: true)
        func file(_ key: String) async throws -> AppealNumber {
            let signature = try await desk.attachment(of: owner.person)
            return try await desk.file(AppealDesk.request(.official, key: key, signature: signature), by: owner).number
        }
        let (number, other) = (try await file("request-1"), try await file("request-2"))
        _ = try await desk.file(AppealDesk.request(key: "request-3"), by: owner)
        _ = try await desk.move(number, .takeUp, by: head)
        // 14 December, 23:59 in Almaty.
        desk.clock.advance(by: 21 * 86_400 + 14 * 3_600 - 60)
        #expect(try await desk.useCases.tellDeemedRefusals() == 0)
        let read = desk.useCases.readAppeal
        #expect(try await read(number, by: owner, from: AppealDesk.address)?.challenge == nil)
        let extended = try await desk.move(number, .extend, by: head) {
            $0.reason = "Нужны сведения"
            $0.date = LocalDate("2026-12-22")
        }
        #expect(extended == .made(.inReview, version: 5))
        desk.clock.advance(by: 60)
        #expect(try await desk.useCases.tellDeemedRefusals() == 1)
        #expect(try await desk.useCases.tellDeemedRefusals() == 0)
        let told = "deemed_refusal \(other)"
        #expect(try await desk.mails(to: "asel@example.kz").last == told)
        #expect(try await desk.mails(to: "p2@example.kz").last == "staff_task \(other)")
        let view = try #require(try await read(other, by: owner, from: AppealDesk.address))
        #expect(view.challenge?.complainBy == LocalDate("2027-03-16"), "15 March is a holiday")
        desk.clock.advance(by: 8 * 86_400)
        #expect(try await desk.useCases.tellDeemedRefusals() == 1)
        #expect(try await desk.mails(to: "asel@example.kz").last == "deemed_refusal \(number)")
    }

    @Test("A day off that is announced later moves open terms on, with a log and a mail, and never back")
    func announced() async throws {
        let database = try PortalDatabase.traced()
        let sealer = ValueSealer(try KeyRing.random())
        let desk = try AppealDesk(database, sealer: sealer)
        let owner = try await desk.person(1)
        let visitor = AppealDesk.citizen(owner)
        let signature = try await desk.attachment(of: owner)
        let official = try await desk.file(AppealDesk.request(.official, signature: signature), by: visitor)
        let report = try await desk.file(AppealDesk.request(key: "request-2"), by: visitor)
        let closed = try await desk.file(AppealDesk.request(key: "request-3"), by: visitor)
        _ = try await desk.move(closed.number, .withdraw, by: visitor)
        #expect(try await desk.useCases.recomputeDeadlines().isEmpty)
        let dayOff = try #require(LocalDate("2026-11-24"))
        let known = try EmbeddedCalendar.days()
        let announced = CalendarDay(date: dayOff, kind: .moved, holiday: .republic, names: [:])
        let calendar = WorkCalendar(known + [announced])
        let changed = try AppealDesk(database, calendar: calendar, sealer: sealer)
        let changes = try await changed.useCases.recomputeDeadlines()
        #expect(Set(changes.map(\.appeal)) == [official.id, report.id])
        let stored = try #require(try await desk.store.appeal(official.number))
        #expect(stored.term?.deadlines?.answerBy == LocalDate("2026-12-15"))
        #expect(stored.appeal == official.appeal)
        #expect(try await desk.store.termChanges(of: official.id) == changes.filter { $0.appeal == official.id })
        #expect(try await desk.mails(to: "asel@example.kz").suffix(2).contains("changed \(official.number)"))
        #expect(try await changed.useCases.recomputeDeadlines().isEmpty, "a second run changes nothing")
        // The order is withdrawn: nobody is told an earlier day.
        _ = try await desk.useCases.recomputeDeadlines()
        #expect(try await desk.store.appeal(official.number)?.term?.deadlines?.answerBy == LocalDate("2026-12-15"))
    }
}
