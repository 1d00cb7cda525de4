import Civic
import Foundation
import TestSupport
import Testing

@testable import Appeals

/// Whole lives of appeals through the use cases, with citizen, operator, executor and head.
@Suite struct LifeTests {
    @Test("An application is taken up, extended, heard, signed and answered, and can be challenged")
    func application() async throws {
        let desk = try AppealDesk()
        let owner = AppealDesk.citizen(try await desk.person(1))
        let executor = try await desk.staff(2, .executor, ["da_medeu"])
        let head = try await desk.staff(3, .executor, ["da_medeu"], isHead: true)
        let signature = try await desk.attachment(of: owner.person)
        let filed = try await desk.file(AppealDesk.request(.official, signature: signature), by: owner)
        let number = filed.number
        #expect(try await desk.move(number, .takeUp, by: executor) == .made(.inReview, version: 4))
        let late = LocalDate("2027-02-20")
        let tooFar = try await desk.move(number, .extend, by: head) {
            $0.reason = "Нужны сведения"
            $0.date = late
        }
        #expect(tooFar == .refused(.unmet([.withinTwoMonths])))
        let extended = try await desk.move(number, .extend, by: head) {
            $0.reason = "Нужны сведения"
            $0.date = LocalDate("2027-01-15")
        }
        #expect(extended == .made(.inReview, version: 5))
        #expect(try await desk.store.appeal(number)?.term?.deadlines?.answerBy == LocalDate("2027-01-15"))
        let draft = try await desk.move(number, .sendForSignature, by: executor) {
            $0.reason = "Отремонтируем до {{date}}"
            $0.outcome = .granted
        }
        #expect(draft == .refused(.unmet([.noPlaceholder])))
        _ = try await desk.move(number, .sendForSignature, by: executor) {
            $0.reason = "Яма отремонтирована."
            $0.outcome = .granted
        }
        #expect(try await desk.move(number, .answer, by: executor) == .denied)
        #expect(try await desk.move(number, .answer, by: head) == .made(.answered, version: 7))
        let view = try #require(try await desk.useCases.readAppeal(number, by: owner, from: AppealDesk.address))
        #expect(view.answer?.text == "Яма отремонтирована.")
        #expect(view.answer?.outcome == .granted)
        #expect(view.challenge?.complainBy == LocalDate("2027-02-23"))
        #expect(view.identity?.number == "791028302728")
        #expect(view.internals == nil)
        #expect(view.steps.map(\.step.entry) == [.received, .registered, .assigned, .takenUp, .extended, .answered])
        let told = try await desk.mails(to: "asel@example.kz").map { $0.split(separator: " ")[0] }
        #expect(told == ["registered", "taken_up", "extended", "answered"])
        let rate = desk.useCases.rateAppeal
        #expect(try await rate(number, stars: 6, comment: nil, by: owner) == .stars)
        #expect(try await rate(number, stars: 4, comment: " Спасибо ", by: owner) == .rated)
        #expect(try await rate(number, stars: 4, comment: nil, by: executor) == .notFound)
        #expect(try await desk.store.appeal(number)?.rating?.comment == "Спасибо")
    }

    @Test("A report pauses while the applicant is asked, is closed with a photo, and reopened once with one")
    func report() async throws {
        let desk = try AppealDesk()
        let owner = AppealDesk.citizen(try await desk.person(1))
        let executor = try await desk.staff(2, .executor, ["da_medeu"], districts: ["medeu"])
        let operators = try await desk.staff(3, .operator)
        let number = try await desk.file(AppealDesk.request(), by: owner).number
        let due = try #require(try await desk.store.appeal(number)?.term?.due)
        _ = try await desk.move(number, .takeUp, by: executor)
        _ = try await desk.move(number, .askApplicant, by: executor) {
            $0.question = "Где именно?"
            $0.date = LocalDate("2026-11-26")
        }
        #expect(try await desk.store.appeal(number)?.term?.isPaused == true)
        desk.clock.advance(by: 2 * 86_400)
        #expect(
            try await desk.move(number, .endWaiting, by: owner) { $0.reason = "У дома 97" }
                == .made(.inWork, version: 6)
        )
        let resumed = try #require(try await desk.store.appeal(number))
        #expect(resumed.term?.isPaused == false)
        #expect(resumed.appeal.pauseDays == 2)
        #expect(try #require(resumed.term?.due) > due)
        func close(_ files: [AppealFileID]) async throws -> MoveOutcome {
            try await desk.move(number, .close, by: executor, files: files) {
                $0.reason = "Засыпали"
                $0.outcome = .solved
            }
        }
        #expect(try await close([]) == .refused(.unmet([.photoIfWanted])))
        #expect(try await close([try await desk.attachment(of: executor.person)]) == .made(.closed, version: 7))
        let reopen = try await desk.move(number, .reopen, by: owner) { $0.reason = "Яма снова" }
        #expect(reopen == .refused(.unmet([.photo])))
        desk.clock.advance(by: 29 * 86_400)
        let photo = try await desk.attachment(of: owner.person)
        #expect(
            try await desk.move(number, .reopen, by: owner, files: [photo]) { $0.reason = "Яма снова" }
                == .made(.reopened, version: 8)
        )
        #expect(try await desk.move(number, .resumeWork, by: operators) == .made(.inWork, version: 9))
        let withdrawn = try await desk.move(number, .withdraw, by: owner)
        #expect(withdrawn == .made(.withdrawn, version: 10))
        #expect(try await desk.store.files(of: resumed.id).map(\.version) == [7, 8])
    }

    @Test("Of two clerks who saw the same version one acts, and the other is told who did what")
    func conflict() async throws {
        let desk = try AppealDesk()
        let number = try await desk.file(AppealDesk.request()).number
        let clerks = [
            try await desk.staff(2, .executor, ["da_medeu"]), try await desk.staff(3, .executor, ["da_medeu"]),
        ]
        let version = try #require(try await desk.store.appeal(number)).appeal.version
        let outcomes: [Int: MoveOutcome] = try await withThrowingTaskGroup(of: (Int, MoveOutcome).self) { group in
            for (index, clerk) in clerks.enumerated() {
                group.addTask {
                    (index, try await desk.useCases.moveAppeal(number, MoveOrder(.takeUp, version: version), by: clerk))
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        let winner = try #require(outcomes.first { $0.value == .made(.inWork, version: version + 1) }?.key)
        guard case .conflict(let entries)? = outcomes[1 - winner] else {
            throw AppealDesk.Unexpected(what: "\(outcomes)")
        }
        #expect(entries.map(\.move) == [.takeUp])
        #expect(entries.map(\.person) == [clerks[winner].person])
        #expect(try await desk.store.appeal(number)?.appeal.version == version + 1)
    }

    @Test("A part sent to another body is an appeal of its own, and the whole waits for it")
    func part() async throws {
        let desk = try AppealDesk()
        let owner = AppealDesk.citizen(try await desk.person(1))
        let head = try await desk.staff(2, .executor, ["da_medeu"], isHead: true)
        let other = try await desk.staff(3, .executor, ["edu"], isHead: true)
        let signature = try await desk.attachment(of: owner.person)
        let whole = try await desk.file(AppealDesk.request(.official, signature: signature), by: owner).number
        _ = try await desk.move(whole, .takeUp, by: head)
        desk.clock.advance(by: 3 * 86_400)
        let sent = try await desk.move(whole, .forwardPart, by: head) {
            $0.body = "edu"
            $0.reason = "О школе"
        }
        #expect(sent == .made(.inReview, version: 5))
        let number = try #require(whole.part(1))
        let part = try #require(try await desk.store.appeal(number))
        #expect(part.appeal.state == .registered)
        #expect(part.parent == whole)
        #expect(part.term?.deadlines?.answerBy == LocalDate("2026-12-18"))
        let draft = try await desk.move(whole, .sendForSignature, by: head) {
            $0.reason = "Ответ"
            $0.outcome = .granted
        }
        #expect(draft == .refused(.unmet([.partsFinished])))
        let view = try #require(try await desk.useCases.readAppeal(number, by: other, from: AppealDesk.address))
        #expect(view.contact?.name == "Омарова Әсел")
        #expect(try await desk.useCases.readAppeal(whole, by: other, from: AppealDesk.address) != nil)
    }

    @Test("Joined reports hand their supporters on, and a change of category proposes and takes the new route")
    func mergeAndReclassify() async throws {
        let desk = try AppealDesk()
        let (first, second) = (try await desk.person(1), try await desk.person(2))
        let (third, operators) = (try await desk.person(3), try await desk.staff(4, .operator))
        let target = try await desk.file(AppealDesk.request(key: "request-a"), by: AppealDesk.citizen(first)).number
        let joined = try await desk.file(AppealDesk.request(key: "request-b"), by: AppealDesk.citizen(second)).number
        let support = desk.useCases.supportAppeal
        #expect(try await support(joined, by: third) == .supported(1))
        #expect(try await support(joined, by: third) == .already)
        #expect(try await support(joined, by: second) == .already)
        #expect(try await support(joined, by: first) == .supported(2))
        let itself = try await desk.move(joined, .merge, by: operators) { $0.target = joined }
        #expect(itself == .refused(.unmet([.targetReport])))
        #expect(try await desk.move(joined, .merge, by: operators) { $0.target = target } == .made(.merged, version: 4))
        #expect(try await desk.store.appeal(target)?.supporters == 2, "the applicant of the target is not counted")
        let proposal = try #require(
            try await desk.useCases.proposeRoute(target, category: "traffic.lights", by: operators)
        )
        #expect(proposal.changesBody)
        #expect(proposal.route?.body == "mob")
        let moved = try await desk.move(target, .reclassify, by: operators) { $0.category = "traffic.lights" }
        #expect(moved == .made(.assigned, version: 4))
        let stored = try #require(try await desk.store.appeal(target))
        #expect(stored.appeal.body == "mob")
        #expect(stored.route == proposal.route)
    }
}
