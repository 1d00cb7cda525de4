import Civic
import Foundation
import Testing

@testable import Appeals

@Suite struct AppealTests {
    @Test("Each requirement of each row is refused by name when it alone is not met")
    func requirementsAreChecked() throws {
        var tried: Set<MoveRequirement> = []
        for procedure in AppealProcedure.allCases {
            for appeal in MoveFixture.appeals(in: procedure) {
                for row in Workflow.standard.transitions
                where row.from.contains(appeal.state) && row.procedures.contains(procedure) {
                    for requirement in row.requirements where MoveRequirement.attested.contains(requirement) {
                        let actor = try #require(row.actors.first)
                        let whole = MoveFixture.request(row.move, appeal, by: actor, at: time(after: appeal))
                        let request = copy(whole, attested: whole.attested.subtracting([requirement]))
                        let refusal = #expect(throws: MoveRefusal.self) { _ = try appeal.making(request) }
                        guard case .unmet(let unmet) = refusal else {
                            Issue.record("\(row.move): \(String(describing: refusal))")
                            continue
                        }
                        #expect(unmet.contains(requirement), "\(row.move)")
                        tried.insert(requirement)
                    }
                }
            }
        }
        // Two count only together with an outcome.
        #expect(MoveRequirement.attested.subtracting(tried) == [.hearingMayBeSkipped])
    }

    @Test("Details that are missing or wrong are refused by the name of the requirement")
    func detailsAreChecked() throws {
        try expect(.registerOfficial, in: .ordinary, unmet: .number) { $0.number = nil }
        try expect(.registerOfficial, in: .ordinary, unmet: .legalKind) { $0.legalKind = nil }
        try expect(.transfer, in: .ordinary, unmet: .reason) { $0.reason = " \n\t" }
        try expect(.transfer, in: .ordinary, unmet: .otherBody) { $0.body = nil }
        try expect(.nameDefects, in: .ordinary, unmet: .defects) { $0.defects = [] }
        try expect(.nameDefects, in: .ordinary, unmet: .date) { $0.date = $0.date?.adding(days: -1) }
        try expect(.forwardPart, in: .simplified, unmet: .freePart) { $0.part = 11 }
        try expect(.forwardPart, in: .simplified, unmet: .freePart) { $0.part = 0 }
        try expect(.askApplicant, in: .report, unmet: .pauseWithinLimit) { $0.pauseDays = 11 }
        try expect(.askApplicant, in: .report, unmet: .question) { $0.question = nil }
        try expect(.sendForSignature, in: .simplified, unmet: .outcome) { $0.outcome = .solved }
        try expect(.satisfyComplaint, in: .complaint, unmet: .outcomeInFull) { $0.outcome = .notUpheld }
        try expect(.closeAtOnce, in: .report, unmet: .outcomeWithoutWork) { $0.outcome = .solved }
        try expect(.close, in: .report, unmet: .outcome) { $0.outcome = .granted }
        try expect(.merge, in: .report, unmet: .targetReport) { $0.target = nil }
        try expect(.terminate, in: .ordinary, unmet: .ground) { $0.ground = nil }
        try expect(.reassign, in: .report, unmet: .sameBody) { $0.body = "eco" }
        try expect(.assign, in: .report, unmet: .ruleOrReason) { ($0.rule, $0.reason) = (nil, nil) }
        try expect(.reclassify, in: .report, unmet: .newSubject) { $0.category = nil }
    }

    @Test("An unfavourable answer to an application or complaint needs a hearing, or a reason to skip it")
    func hearing() throws {
        let review = try appeal(in: .inReview, .ordinary)
        let time = time(after: review)
        let whole = MoveFixture.request(.sendForSignature, review, by: .executor, at: time)
        var details = whole.details
        details.outcome = .refused
        let skipping = copy(whole, details: details)
        #expect(try review.making(skipping).state == .onSignature)
        let silent = copy(skipping, attested: skipping.attested.subtracting([.hearingMayBeSkipped]))
        #expect(throws: MoveRefusal.unmet([.hearingHeld])) { _ = try review.making(silent) }

        let opened = try review.making(MoveFixture.request(.openHearing, review, by: .executor, at: time))
        let heard = try opened.making(MoveFixture.request(.endHearing, opened, by: .executor, at: time))
        let answer = copy(silent, version: heard.version)
        #expect(try heard.making(answer).outcome == .refused)
        // Messages are answered without a hearing.
        let message = try appeal(in: .inReview, .simplified)
        #expect(try message.making(copy(silent, version: message.version)).state == .onSignature)
    }

    @Test("Completing leads back to where the defects were named, also through two stops")
    func leadsBack() throws {
        let registered = try appeal(in: .registered, .ordinary)
        let named = try make(registered, .nameDefects, .operator)
        #expect(try make(named, .cureDefects, .citizen).state == .registered)

        // A move that keeps the state does not count as a stop.
        let moved = try make(named, .reclassify, .operator)
        #expect(moved.state == .correction)
        #expect(try make(moved, .cureDefects, .citizen).state == .registered)

        let work = try appeal(in: .inWork, .report)
        let asked = try make(work, .askApplicant, .executor)
        let merged = try make(asked, .merge, .operator)
        let separated = try make(merged, .undoMerge, .operator)
        #expect(separated.state == .waitingApplicant)
        #expect(try make(separated, .endWaiting, .citizen).state == .inWork)
    }

    @Test("A pause counts as long as it lasted")
    func pauses() throws {
        var appeal = try appeal(in: .inWork, .report)
        for used in [1, 5, 4] {
            appeal = try make(appeal, .askApplicant, .executor) { $0.pauseDays = 10 - appeal.pauseDays }
            #expect(appeal.pauseDays == 10)
            let before = appeal.history.dropLast().filter { $0.move == .endWaiting }.compactMap(\.details.pauseDays)
            appeal = try make(appeal, .endWaiting, .citizen) { $0.pauseDays = used }
            #expect(appeal.pauseDays == before.reduce(used, +))
        }
        #expect(throws: MoveRefusal.unmet([.pauseWithinLimit])) {
            _ = try make(appeal, .askApplicant, .executor) { $0.pauseDays = 1 }
        }
    }

    @Test("A report is reopened once, within thirty days of its closing")
    func reopening() throws {
        let closed = try appeal(in: .closed, .report)
        let last = try #require(closed.history.last?.time)
        for (days, isAllowed) in [(30.0, true), (31.0, false)] {
            let request = MoveFixture.request(.reopen, closed, by: .citizen, at: last + days * MoveFixture.day)
            #expect(((try? closed.making(request)) != nil) == isAllowed)
        }
        let reopened = try make(closed, .reopen, .citizen)
        #expect(reopened.outcome == nil && reopened.wasReopened)
        let again = try make(try make(reopened, .resumeWork, .operator), .close, .executor)
        #expect(throws: MoveRefusal.unmet([.notReopenedBefore])) { _ = try make(again, .reopen, .citizen) }
        // Reporting a danger in between does not start the thirty days anew.
        let marked = try make(closed, .reportDanger, .operator, at: last + 29 * MoveFixture.day)
        #expect(throws: MoveRefusal.unmet([.withinThirtyDays])) {
            _ = try make(marked, .reopen, .citizen, at: last + 31 * MoveFixture.day)
        }
    }

    @Test("An answer is not sent while a part is open, nor returned when a danger was reported")
    func partsAndDangers() throws {
        let waiting = try appeal(in: .onSignature, .ordinary)
        let request = MoveFixture.request(.answer, waiting, by: .head, at: time(after: waiting))
        #expect(throws: MoveRefusal.unmet([.partsFinished])) {
            _ = try waiting.making(request, in: MoveContext(openParts: 1))
        }
        let registered = try appeal(in: .registered, .ordinary)
        let marked = try make(registered, .reportDanger, .system)
        #expect(marked.isDangerous && marked.state == .registered && marked.body == registered.body)
        #expect(throws: MoveRefusal.unmet([.noDanger])) { _ = try make(marked, .returnUnexamined, .operator) }
    }

    @Test("A change of the kind changes the procedure, and a complaint cannot be extended")
    func kinds() throws {
        let registered = try appeal(in: .registered, .ordinary)
        let complaint = try make(registered, .changeKind, .operator) { $0.legalKind = .complaint }
        #expect(complaint.procedure == .complaint && complaint.timeline.last?.entry == .kindChanged)
        let review = try make(try make(complaint, .assign, .operator), .takeUp, .executor)
        #expect(throws: MoveRefusal.impossible(.extend, .inReview, .complaint)) {
            _ = try make(review, .extend, .head)
        }
        #expect(try Appeal(review.opening, history: review.history) == review)
    }

    @Test("The change of a category tells the applicant only when the body changes")
    func mails() throws {
        let work = try appeal(in: .inWork, .report)
        let moved = try make(work, .reclassify, .operator) { $0.body = "eco" }
        let kept = try make(work, .reclassify, .operator) { $0.body = nil }
        #expect(moved.mails(after: work) == [.changed] && moved.executor == nil)
        #expect(kept.mails(after: work).isEmpty)
        let closed = try make(work, .close, .executor)
        #expect(closed.mails(after: work) == [.closed])
        #expect(closed.mails(after: closed).isEmpty)
    }

    @Test("A reply is told apart from its absence")
    func replies() throws {
        let asked = try make(try appeal(in: .inReview, .ordinary), .askApplicant, .executor)
        #expect(try make(asked, .endWaiting, .citizen).timeline.last?.entry == .replied)
        #expect(try make(asked, .endWaiting, .system).timeline.last?.entry == .noReply)
        let day = try #require(asked.history.last?.details.date)
        #expect(throws: MoveRefusal.unmet([.replyOrDay])) {
            _ = try make(asked, .endWaiting, .system, at: MoveFixture.start)
        }
        #expect(LocalTime(MoveFixture.start).date < day)
    }

    @Test("A history that does not follow from its beginning is refused with its version")
    func brokenHistory() throws {
        let closed = try appeal(in: .closed, .report)
        for index in closed.history.indices {
            var history = closed.history
            history.remove(at: index)
            guard index < history.count else { continue }
            #expect(throws: AppealsError.brokenHistory(version: index + 1)) {
                _ = try Appeal(closed.opening, history: history)
            }
        }
        #expect(throws: AppealsError.self) {
            _ = try Appeal(MoveFixture.opening(.ordinary), history: closed.history)
        }
    }

    private func expect(
        _ move: AppealMove,
        in procedure: AppealProcedure,
        unmet requirement: MoveRequirement,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ change: (inout MoveDetails) -> Void
    ) throws {
        let row = try #require(
            Workflow.standard.transitions.first { $0.move == move && $0.procedures.contains(procedure) }
        )
        let appeal = try #require(
            MoveFixture.appeals(in: procedure).first { row.from.contains($0.state) },
            sourceLocation: sourceLocation
        )
        let actor = try #require(row.actors.first)
        #expect(throws: MoveRefusal.unmet([requirement]), sourceLocation: sourceLocation) {
            _ = try make(appeal, move, actor, change)
        }
    }

    private func appeal(in state: AppealState, _ procedure: AppealProcedure) throws -> Appeal {
        try #require(MoveFixture.appeals(in: procedure).first { $0.state == state })
    }

    private func time(after appeal: Appeal) -> Date {
        (appeal.history.last?.time ?? MoveFixture.start) + MoveFixture.day
    }

    private func make(
        _ appeal: Appeal,
        _ move: AppealMove,
        _ actor: MoveActor,
        at moment: Date? = nil,
        _ change: (inout MoveDetails) -> Void = { _ in }
    ) throws -> Appeal {
        let whole = MoveFixture.request(move, appeal, by: actor, at: moment ?? time(after: appeal))
        var details = whole.details
        change(&details)
        return try appeal.making(copy(whole, details: details))
    }

    private func copy(
        _ request: MoveRequest,
        version: Int? = nil,
        details: MoveDetails? = nil,
        attested: Set<MoveRequirement>? = nil
    ) -> MoveRequest {
        MoveRequest(
            request.move,
            by: request.actor,
            person: request.person,
            at: request.time,
            version: version ?? request.version,
            details: details ?? request.details,
            attested: attested ?? request.attested
        )
    }
}
