import Civic
import Foundation

/// Applies the effect of moves on the term of an appeal, by the work calendar.
struct TermCounter: Sendable {
    let calculator: DeadlineCalculator
    let catalogue: AppealCatalogue

    /// The term after a move.
    ///
    /// - Parameters:
    ///   - effect: what the row of the move does to the term.
    ///   - appeal: the appeal after the move, which is its last one.
    ///   - term: the term before the move; nil while there is none.
    ///   - answers: the answers to the category's questions, which decide whether a report is a hazard.
    /// - Throws: `CivicError.noWorkCalendar`, `DeadlineError`.
    func term(
        _ effect: ClockEffect,
        after appeal: Appeal,
        _ term: AppealTerm?,
        answers: [AppealQuestion.ID: String]
    ) throws -> AppealTerm? {
        guard let entry = appeal.history.last else { return term }
        let now = LocalTime(entry.time)
        switch (effect, term) {
        case (.receipt, _), (.legalTerm, nil), (.serviceTerm, nil): return try first(appeal, received: now, answers)
        case (.legalTerm, .legal(let present)?):
            return .legal(try deadlines(appeal, received: present.received))
        case (.restart, _): return .legal(try deadlines(appeal, received: now))
        case (.newDueDate, .legal(let present)?):
            guard let end = entry.details.date else { return term }
            return .legal(try calculator.extended(present, decidedOn: now.date, until: end))
        case (.recompute, .legal(let present)?): return .legal(try deadlines(appeal, received: present.received))
        case (.recompute, .service(let present)?):
            let clock = ServiceClock(
                limit(appeal, answers),
                received: present.clock.received,
                pauses: present.clock.pauses
            )
            return try service(clock, now, promised: present.promised)
        case (.pause, .service(let present)?):
            let pauses = present.clock.pauses + [try ServicePause(from: now)]
            return try service(present.clock.with(pauses: pauses), now, promised: present.promised)
        case (.resume, .service(let present)?):
            let pauses = try present.clock.pauses.map { pause in
                pause.end == nil ? try ServicePause(from: pause.start, to: max(now, pause.start)) : pause
            }
            return try service(present.clock.with(pauses: pauses), now, promised: present.promised)
        case (.promisedDate, .service(let present)?):
            return .service(ServiceTerm(clock: present.clock, due: present.due, promised: entry.details.date))
        case (.halfTerm, .service?): return try service(ServiceClock(limit(appeal, answers).half, received: now), now)
        default: return term
        }
    }

    private func first(
        _ appeal: Appeal,
        received: LocalTime,
        _ answers: [AppealQuestion.ID: String]
    ) throws -> AppealTerm {
        guard appeal.opening.regime == .report else { return .legal(try deadlines(appeal, received: received)) }
        return try service(ServiceClock(limit(appeal, answers), received: received), received)
    }

    // While the kind is not known, the dates are those of an application.
    private func deadlines(_ appeal: Appeal, received: LocalTime) throws -> AppealDeadlines {
        try calculator.deadlines(of: (appeal.legalKind ?? .application).termKind, received: received)
    }

    // A category that is handed over at once has no term of its own.
    private func limit(_ appeal: Appeal, _ answers: [AppealQuestion.ID: String]) -> ServiceLimit {
        appeal.category.flatMap { catalogue.term(of: $0, answers: answers) } ?? .hazard
    }

    private func service(_ clock: ServiceClock, _ now: LocalTime, promised: LocalDate? = nil) throws -> AppealTerm {
        let due = try clock.due(on: calculator.calendar, now: now)
        return .service(ServiceTerm(clock: clock, due: due, promised: promised))
    }
}

extension ServiceClock {
    fileprivate func with(pauses: [ServicePause]) -> ServiceClock {
        ServiceClock(limit, received: received, pauses: pauses)
    }
}

extension ServiceLimit {
    /// Half the limit, rounded up.
    fileprivate var half: ServiceLimit {
        switch self {
        case .workingHours(let hours): .workingHours((hours + 1) / 2)
        case .workingDays(let days): .workingDays((days + 1) / 2)
        case .days(let days): .days((days + 1) / 2)
        }
    }
}
