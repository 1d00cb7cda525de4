import Civic
import Foundation
import TestSupport
import Testing

@testable import Appeals

/// Random walks through the workflow, with requests that often lack something.
@Suite struct WorkflowWalkTests {
    @Test("A hundred thousand random moves keep the properties of appeals", arguments: AppealProcedure.allCases)
    func properties(procedure: AppealProcedure) throws {
        var random = SplitMix64(seed: UInt64(procedure.rawValue.utf8.count) &* 7_919)
        var (steps, walks) = (0, 0)
        var finals: Set<AppealState> = []
        while steps < 25_000 {
            var walk = Walk(procedure)
            for _ in 0..<40 {
                walk.step(&random)
                steps += 1
                if let fault = walk.fault { Issue.record("\(fault)") }
            }
            walks += 1
            try walk.checkHistory(asJSON: walks.isMultiple(of: 40))
            if walk.appeal.state.isFinal { finals.insert(walk.appeal.state) }
        }
        #expect(finals == WorkflowTranscript.states[procedure]?.filter(\.isFinal))
    }
}

/// One appeal on its way.
private struct Walk {
    var appeal: Appeal
    private var time = MoveFixture.start
    private var openParts = 0
    /// What is wrong with it, if anything.
    private(set) var fault: String?

    init(_ procedure: AppealProcedure) { appeal = Appeal(MoveFixture.opening(procedure)) }

    mutating func step(_ random: inout SplitMix64) {
        time += Double(Int.random(in: 0..<5 * 86_400, using: &random))
        if openParts > 0, Int.random(in: 0..<3, using: &random) == 0 { openParts -= 1 }
        // Endings would make most walks short, and moves that keep the state long, so most of them are passed over.
        let rows = Workflow.standard.transitions.filter { row in
            guard row.from.contains(appeal.state), row.procedures.contains(appeal.procedure) else { return false }
            if row.to == .same { return random.isLucky(3) }
            if case .state(let target) = row.to, target.isFinal { return random.isLucky(4) }
            return true
        }
        guard let row = rows.randomElement(using: &random) else { return }
        let actor = MoveActor.allCases.filter { row.actors.contains($0) || $0 == .moderator }
            .randomElement(using: &random)
        guard let actor else { return }
        let before = appeal
        let request = random.isLucky(3) ? lacking(row, actor, &random) : whole(row, actor)
        let context = MoveContext(openParts: openParts, wantsPhoto: random.isLucky(2))
        do {
            appeal = try before.making(request, in: context)
        } catch {
            if case .stale = error, request.version == before.version { fault = "\(error)" }
            return
        }
        if !row.actors.contains(actor) { fault = "\(row.move) was made by \(actor)" }
        if row.move == .forwardPart { openParts += 1 }
        if appeal.state == .answered, before.state != .answered, openParts > 0 { fault = "answered before a part" }
        if !appeal.history.dropLast().elementsEqual(before.history) { fault = "the history was changed" }
        // The second of two people who saw the same version is told.
        do {
            _ = try appeal.making(request, in: context)
            fault = "\(row.move) was made twice with one version"
        } catch {
            if error != .stale(seen: before.version, present: appeal.version) { fault = "\(error)" }
        }
        checkValues()
    }

    // Plain comparisons, as an expectation each would take most of the time.
    private mutating func checkValues() {
        if appeal.version != appeal.history.count { fault = "version" }
        if !(0...Appeal.maxPauseDays).contains(appeal.pauseDays) { fault = "paused for \(appeal.pauseDays) days" }
        if appeal.opening.regime == .official, appeal.pauseDays != 0 { fault = "a legal term pauses" }
        let parts = appeal.parts
        if parts.count > AppealNumber.maxParts || Set(parts).count < parts.count { fault = "parts \(parts)" }
        if appeal.history.count(where: { $0.move == .extend }) > 1 { fault = "extended twice" }
        if appeal.history.count(where: { $0.move == .reopen }) > 1 { fault = "reopened twice" }
    }

    func checkHistory(asJSON: Bool) throws {
        #expect(try Appeal(appeal.opening, history: appeal.history) == appeal)
        #expect(appeal.timeline.allSatisfy { $0.state != .onSignature })
        guard asJSON else { return }
        let data = try JSONEncoder().encode(appeal)
        #expect(try JSONDecoder().decode(Appeal.self, from: data) == appeal)
        let timeline = String(decoding: try JSONEncoder().encode(appeal.timeline), as: UTF8.self)
        #expect(!timeline.contains("SECRET") && !timeline.contains("98765400"))
    }

    private func whole(_ row: Transition, _ actor: MoveActor) -> MoveRequest {
        MoveFixture.request(row.move, appeal, by: actor, at: time)
    }

    // A request with random pauses and days, without some of what is attested, or of an older version.
    private func lacking(_ row: Transition, _ actor: MoveActor, _ random: inout SplitMix64) -> MoveRequest {
        var details = MoveFixture.details(row.move, appeal, at: time)
        details.pauseDays = Int.random(in: -2...12, using: &random)
        if random.isLucky(2) { details.reason = random.isLucky(2) ? nil : " \n" }
        if random.isLucky(2) { details.outcome = Outcome.allCases.randomElement(using: &random) }
        if random.isLucky(2) { details.part = Int.random(in: -1...12, using: &random) }
        if random.isLucky(2) { details.date = details.date?.adding(days: Int.random(in: -3...9, using: &random)) }
        return MoveRequest(
            row.move,
            by: actor,
            at: time,
            version: appeal.version + (random.isLucky(10) ? 1 : 0),
            details: details,
            attested: MoveRequirement.attested.filter { _ in !random.isLucky(8) }
        )
    }
}

extension SplitMix64 {
    /// True once in `odds` times on average.
    fileprivate mutating func isLucky(_ odds: Int) -> Bool { Int.random(in: 0..<odds, using: &self) == 0 }
}
