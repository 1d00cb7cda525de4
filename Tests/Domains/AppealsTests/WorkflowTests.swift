import Foundation
import Testing

@testable import Appeals

@Suite struct WorkflowTests {
    @Test("The table allows exactly what the specification allows: every state, procedure, move and actor")
    func agreesWithTranscript() throws {
        let expected = try #require(WorkflowTranscript()).steps
        #expect(expected.count > 400)
        var made: Set<WorkflowTranscript.Step> = []
        for procedure in AppealProcedure.allCases {
            let appeals = MoveFixture.appeals(in: procedure)
            #expect(Set(appeals.map(\.state)) == WorkflowTranscript.states[procedure])
            for appeal in appeals {
                for move in AppealMove.allCases {
                    for actor in MoveActor.allCases { try make(move, appeal, actor, &made) }
                }
            }
        }
        let missing = expected.subtracting(made)
        let extra = made.subtracting(expected)
        #expect(missing.isEmpty, "refused: \(missing.prefix(5))")
        #expect(extra.isEmpty, "allowed: \(extra.prefix(5))")
    }

    private func make(
        _ move: AppealMove,
        _ appeal: Appeal,
        _ actor: MoveActor,
        _ made: inout Set<WorkflowTranscript.Step>
    ) throws {
        let time = MoveFixture.start.addingTimeInterval(Double(appeal.version + 1) * MoveFixture.day)
        let request = MoveFixture.request(move, appeal, by: actor, at: time)
        do {
            let next = try appeal.making(request)
            #expect(next.version == appeal.version + 1)
            made.insert(
                .init(move: move, from: appeal.state, to: next.state, procedure: appeal.procedure, actor: actor)
            )
        } catch {
            switch error {
            case .impossible, .notForActor: break
            case .unmet(let requirements):
                // Nothing else is unmet in the fixtures than what happened once before on the way.
                #expect(Set(requirements).isSubset(of: [.notReopenedBefore, .notExtendedBefore]), "\(move): \(error)")
            case .stale: Issue.record("stale")
            }
        }
    }

    @Test("A move has one row for each state and procedure, so that the order of the table does not matter")
    func rowsAreUnique() {
        for move in AppealMove.allCases {
            for state in AppealState.allCases {
                for procedure in AppealProcedure.allCases {
                    let rows = Workflow.standard.transitions.filter {
                        $0.move == move && $0.from.contains(state) && $0.procedures.contains(procedure)
                    }
                    #expect(rows.count <= 1, "\(move) from \(state) in \(procedure)")
                }
            }
            #expect(Workflow.standard.transitions.contains { $0.move == move })
        }
    }

    @Test("Every state reaches a final one, in every procedure", arguments: AppealProcedure.allCases)
    func everyStateEnds(procedure: AppealProcedure) throws {
        let steps = try #require(WorkflowTranscript()).steps.filter { $0.procedure == procedure }
        var ending = Set(AppealState.allCases.filter(\.isFinal))
        var grown = true
        while grown {
            let more = steps.filter { ending.contains($0.to) && !ending.contains($0.from) }.map(\.from)
            grown = !more.isEmpty
            ending.formUnion(more)
        }
        #expect(WorkflowTranscript.states[procedure]?.subtracting(ending).isEmpty == true)
    }

    @Test("Only reopening and undoing a joining lead out of a final state")
    func finalStatesStay() {
        let leaving = Workflow.standard.transitions.filter { row in
            row.from.contains(where: \.isFinal) && row.to != .same
        }
        #expect(Set(leaving.map(\.move)) == [.reopen, .undoMerge])
        let staying = Workflow.standard.transitions.filter { $0.from.contains(where: \.isFinal) && $0.to == .same }
        #expect(Set(staying.map(\.move)) == [.correctSlip, .fileOfficially, .reportDanger])
    }

    @Test("Only forwarding, extension, a change of the kind and the category of a report change a due date")
    func dueDateChanges() {
        let effects: Set<ClockEffect> = [.restart, .newDueDate, .recompute]
        let rows = Workflow.standard.transitions.filter { effects.contains($0.clock) }
        let official = rows.filter { !$0.procedures.contains(.report) }
        #expect(Set(official.map(\.move)) == [.transfer, .extend, .changeKind])
        let reports = rows.filter { $0.procedures.contains(.report) }
        #expect(Set(reports.map(\.move)) == [.reclassify, .undoMerge])
    }

    @Test("Nothing pauses the term of an official appeal")
    func legalTermsRunOn() {
        for row in Workflow.standard.transitions where row.clock == .pause || row.clock == .resume {
            #expect(row.procedures == [.report], "\(row.move)")
        }
    }

    @Test("What only the head may do in law has the head as its only actor")
    func headsDecide() {
        let reserved: Set<AppealMove> = [.answer, .extend, .passUp, .satisfyComplaint, .terminate, .correctSlip]
        for row in Workflow.standard.transitions where reserved.contains(row.move) {
            #expect(row.actors == [.head], "\(row.move)")
            #expect(row.requirements.contains(.officialSignature), "\(row.move)")
        }
    }
}
