import Civic
import Foundation

/// An appeal with its term and the mails that its new moves cause, before all of it is stored at once.
struct CaseProgress: Sendable {
    /// A mail that a move causes.
    struct CausedMail: Sendable {
        let mail: AppealMail
        let entry: HistoryEntry
    }

    private(set) var appeal: Appeal
    private(set) var term: AppealTerm?
    private(set) var mails: [CausedMail] = []
    private let counter: TermCounter
    private let answers: [AppealQuestion.ID: String]

    init(_ appeal: Appeal, _ term: AppealTerm?, _ counter: TermCounter, answers: [AppealQuestion.ID: String]) {
        (self.appeal, self.term, self.counter, self.answers) = (appeal, term, counter, answers)
    }

    /// Makes a move on the present version.
    ///
    /// - Throws: `MoveRefusal`; `CivicError.noWorkCalendar` and `DeadlineError` when the term cannot be counted.
    mutating func make(
        _ move: AppealMove,
        by actor: MoveActor,
        person: PersonID? = nil,
        at time: Date,
        attested: Set<MoveRequirement> = [],
        in context: MoveContext = MoveContext(),
        _ details: MoveDetails = MoveDetails()
    ) throws {
        let request = MoveRequest(
            move,
            by: actor,
            person: person,
            at: time,
            version: appeal.version,
            details: details,
            attested: attested
        )
        let next = try appeal.making(request, in: context)
        let row = Workflow.standard.transition(move, from: appeal.state, in: appeal.procedure)
        term = try counter.term(row?.clock ?? .none, after: next, term, answers: answers)
        if let entry = next.history.last {
            mails += next.mails(after: appeal).map { CausedMail(mail: $0, entry: entry) }
        }
        appeal = next
    }

    /// Drops all mails to the applicant except the last one, for when several moves are reported at once.
    mutating func keepLastMailToApplicant() {
        guard let last = mails.lastIndex(where: { !$0.mail.isForStaff }) else { return }
        mails = mails.indices.filter { $0 == last || mails[$0].mail.isForStaff }.map { mails[$0] }
    }

    /// Registers and assigns what was sent, as far as the portal does it by itself.
    ///
    /// - Parameter rules: say whether the bodies work at the time.
    mutating func register(_ number: AppealNumber, _ route: StoredRoute?, at time: Date, by rules: AppealRules) throws {
        if appeal.opening.regime == .report {
            try make(.registerReport, by: .system, at: time, MoveDetails { $0.number = number })
        } else {
            guard let kind = appeal.legalKind, try rules.isOpen(at: LocalTime(time)) else { return }
            let details = MoveDetails {
                $0.number = number
                $0.legalKind = kind
            }
            try make(.registerOfficial, by: .system, at: time, attested: [.receipt], details)
        }
        guard let route else { return }
        let details = MoveDetails {
            $0.body = route.body
            $0.rule = route.rule
        }
        try make(.assign, by: .system, at: time, details)
        if route.isHandover { try make(.reportDanger, by: .system, at: time) }
    }
}
