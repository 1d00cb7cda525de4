import Civic
import Foundation

@testable import Appeals

/// Makes appeals and requests in which every requirement is met.
enum MoveFixture {
    /// A working day of 2026, 10:00 in Almaty.
    static let start = Date(timeIntervalSince1970: 1_795_410_000)
    static let day = 86_400.0

    static func opening(_ procedure: AppealProcedure) -> AppealOpening {
        let kind: AppealKind =
            switch procedure {
            case .ordinary: .application
            case .simplified: .message
            case .complaint: .complaint
            case .report: .other
            }
        return AppealOpening(
            id: AppealID(rawValue: 7),
            regime: procedure.regime,
            kind: kind,
            owner: PersonID(rawValue: 9_876_540_001),
            category: "roads.pothole",
            body: "da_medeu",
            time: start
        )
    }

    /// Details that meet the requirements of a move, with markers in every text that is not public.
    static func details(_ move: AppealMove, _ appeal: Appeal, at time: Date) -> MoveDetails {
        MoveDetails { details in
            details.reason = "SECRET reason"
            details.question = "SECRET question"
            details.defects = [.signature]
            details.date = LocalTime(time).date
            details.executor = PersonID(rawValue: 9_876_540_002)
            details.stateNumber = "SECRET-1"
            details.pauseDays = 2
            details.ground = .repeated
            details.target = AppealNumber(year: 2_026, sequence: 999)
            details.category = "roads.surface"
            details.rule = RuleVersion(rule: "roads-pothole", version: 1, boundaryVersion: "b1")
            details.number = appeal.number ?? AppealNumber(year: 2_026, sequence: 1)
            details.part = (1...AppealNumber.maxParts).first { !appeal.parts.contains($0) } ?? 99
            details.outcome = outcome(move, appeal.procedure)
            details.legalKind = appeal.legalKind ?? .message
            details.body = move == .reassign ? appeal.body : appeal.body == "mob" ? "road" : "mob"
        }
    }

    static func request(_ move: AppealMove, _ appeal: Appeal, by actor: MoveActor, at time: Date) -> MoveRequest {
        MoveRequest(
            move,
            by: actor,
            person: PersonID(rawValue: 9_876_540_003),
            at: time,
            version: appeal.version,
            details: details(move, appeal, at: time),
            attested: MoveRequirement.attested
        )
    }

    /// For each state that can be reached, an appeal in it for each state before it that is remembered.
    static func appeals(in procedure: AppealProcedure) -> [Appeal] {
        struct Key: Hashable {
            let state: AppealState
            let origins: [AppealState]
        }
        let first = Appeal(opening(procedure))
        var (seen, queue): (Set<Key>, [Appeal]) = ([Key(state: .draft, origins: [])], [first])
        var index = 0
        while index < queue.count {
            let appeal = queue[index]
            index += 1
            let time = start.addingTimeInterval(Double(appeal.version + 1) * day)
            for row in Workflow.standard.transitions where row.from.contains(appeal.state) {
                guard let actor = row.actors.min(by: { $0.rawValue < $1.rawValue }),
                    let next = try? appeal.making(request(row.move, appeal, by: actor, at: time)),
                    next.origins.count < 3, seen.insert(Key(state: next.state, origins: next.origins)).inserted
                else { continue }
                queue.append(next)
            }
        }
        return queue
    }

    private static func outcome(_ move: AppealMove, _ procedure: AppealProcedure) -> Outcome? {
        switch move {
        case .closeAtOnce: .explained
        case .satisfyComplaint: .actCancelled
        default: Outcome.choices(in: procedure).first
        }
    }
}
