import Civic
import Foundation

/// Makes any move of the workflow: checks who may make it, fills in what follows from the appeal, and stores it unless
/// somebody else was faster.
public struct MoveAppeal: Sendable {
    /// The most code points of a reason, an answer or a text of an outcome.
    public static let longestReason = 20_000
    /// The most code points of a question.
    public static let longestQuestion = 4_000

    let store: any AppealStore
    let rules: AppealRules
    let clock: WallClock
    let mails: AppealMails
    let authority: AppealAuthority

    /// Makes a move.
    ///
    /// - Throws: `CivicError.noWorkCalendar` when the term cannot be counted, and what the store throws.
    public func callAsFunction(
        _ number: AppealNumber,
        _ order: MoveOrder,
        by visitor: AppealVisitor
    ) async throws -> MoveOutcome {
        guard let stored = try await store.appeal(number), authority.sees(visitor, stored.accessCase) else {
            return .notFound
        }
        let rows = Workflow.standard.transitions.filter { $0.move == order.move }
        let actors = rows.reduce(into: Set()) { $0.formUnion($1.actors) }
        let actor = authority.actor(for: order.move, among: actors, visitor, stored.accessCase, order.details)
        guard let actor else { return .denied }
        return try await make(order, stored, actor, visitor.person)
    }

    /// Makes a move on behalf of the portal, such as at the end of a term.
    public func bySystem(_ number: AppealNumber, _ order: MoveOrder) async throws -> MoveOutcome {
        guard let stored = try await store.appeal(number) else { return .notFound }
        return try await make(order, stored, .system, nil)
    }

    /// The moves that a visitor may make with an appeal as it is now, whatever they require.
    static func offered(
        _ stored: StoredAppeal,
        to visitor: AppealVisitor,
        _ authority: AppealAuthority
    ) -> [AppealMove] {
        // Conditions on reason and outcome are met by what the form of the move asks.
        let details = MoveDetails {
            $0.reason = "-"
            $0.outcome = .explained
        }
        let moves = Workflow.standard.transitions.filter {
            $0.from.contains(stored.appeal.state) && $0.procedures.contains(stored.appeal.procedure)
                && authority.actor(for: $0.move, among: $0.actors, visitor, stored.accessCase, details) != nil
        }
        return moves.map(\.move)
    }

    private func make(
        _ order: MoveOrder,
        _ stored: StoredAppeal,
        _ actor: MoveActor,
        _ person: PersonID?
    ) async throws -> MoveOutcome {
        let storage = MoveStorage(store: store, mails: mails)
        guard order.version == stored.appeal.version else {
            return .conflict(try await storage.newer(than: order.version, stored.id))
        }
        let time = clock.now
        let today = LocalTime(time).date
        var (details, target) = (order.details, AppealID?.none)
        do { try Self.check(&details) } catch { return .text(error) }
        if order.move == .merge {
            guard let number = details.target, let other = try await store.appeal(number),
                other.appeal.opening.regime == .report, other.appeal.state.isOpen
            else { return .noTarget }
            target = other.id
        }
        let route = try fill(&details, order, stored, on: today)
        var progress = CaseProgress(stored.appeal, stored.term, rules.counter, answers: stored.content.answers)
        let context = MoveContext(
            openParts: stored.parts.count { $0.state.isOpen },
            wantsPhoto: stored.appeal.category.flatMap { rules.catalogue[category: $0]?.wantsPhoto } ?? false
        )
        do {
            let attested = try MoveChecks(rules: rules).met(by: order, stored, on: today)
            try progress.make(
                order.move,
                by: actor,
                person: person,
                at: time,
                attested: attested,
                in: context,
                details
            )
        } catch let refusal as MoveRefusal {
            return .refused(refusal)
        } catch let error as DeadlineError {
            return .deadline(error)
        }
        return try await storage.append(
            progress,
            to: stored,
            files: order.files.map { NewAppealFile($0, .move, owner: person) },
            place: order.move == .reclassify ? order.place : nil,
            route: route,
            part: try part(order, details, stored, person, time),
            mergedInto: target,
            at: time
        )
    }

    private static func check(_ details: inout MoveDetails) throws(ContentFault) {
        func read(_ text: String?, most: Int) throws(ContentFault) -> String? {
            guard let text, text.contains(where: { !$0.isWhitespace }) else { return nil }
            return try ContentText.paragraphs(text, lengths: 1...most)
        }
        details.reason = try read(details.reason, most: longestReason)
        details.question = try read(details.question, most: longestQuestion)
    }

    /// Fills in what follows from the appeal; returns the new route of a reclassified one.
    private func fill(
        _ details: inout MoveDetails,
        _ order: MoveOrder,
        _ stored: StoredAppeal,
        on today: LocalDate
    ) throws -> StoredRoute? {
        switch order.move {
        case .registerOfficial, .registerReport:
            details.number = stored.number
            details.legalKind = details.legalKind ?? stored.appeal.legalKind
        case .assign:
            details.body = details.body ?? stored.route?.body
            if details.body == stored.route?.body { details.rule = stored.route?.rule }
        case .forwardPart:
            details.part = (1...AppealNumber.maxParts).first { !stored.appeal.parts.contains($0) }
        case .askApplicant where stored.appeal.opening.regime == .report:
            details.pauseDays = try details.date.map { try rules.calendar.workingDays(after: today, through: $0) }
        case .endWaiting where stored.appeal.opening.regime == .report:
            guard let asked = stored.appeal.history.last(where: { $0.move == .askApplicant }) else { break }
            details.pauseDays = try rules.calendar.workingDays(after: LocalTime(asked.time).date, through: today)
        case .reclassify:
            details.changesPlace = order.place != nil
            let proposal = ProposeRoute.route(
                of: stored,
                category: details.category,
                place: order.routingPlace?.place,
                boundaryVersion: order.routingPlace?.boundaryVersion,
                on: today,
                by: rules.routes
            )
            // The body is that of the new route unless the person names another one, with a reason.
            if details.body == nil || details.body == proposal?.body {
                details.body = proposal?.body
                details.rule = proposal?.rule
            }
            return proposal
        default: break
        }
        return nil
    }

    // A part is an appeal of its own at the other body, registered on the day on which it is sent there.
    private func part(
        _ order: MoveOrder,
        _ details: MoveDetails,
        _ stored: StoredAppeal,
        _ person: PersonID?,
        _ time: Date
    ) throws -> (@Sendable (AppealID) throws -> NewAppeal)? {
        guard order.move == .forwardPart, let number = details.part.flatMap({ stored.number.part($0) }) else {
            return nil
        }
        let (rules, whole) = (rules, stored)
        return { id in
            let opening = AppealOpening(
                id: id,
                regime: .official,
                kind: whole.appeal.opening.kind,
                owner: whole.appeal.opening.owner,
                category: details.category ?? whole.appeal.category,
                body: details.body,
                parent: whole.id,
                time: time
            )
            var progress = CaseProgress(Appeal(opening), nil, rules.counter, answers: whole.content.answers)
            try progress.make(
                .submit,
                by: .operator,
                person: person,
                at: time,
                attested: [.completeForm, .consents, .idempotencyKey, .applicantSignature],
                MoveDetails { $0.reason = details.reason }
            )
            let registration = MoveDetails {
                $0.number = number
                $0.legalKind = whole.appeal.legalKind
            }
            try progress.make(
                .registerOfficial,
                by: .operator,
                person: person,
                at: time,
                attested: [.receipt],
                registration
            )
            return NewAppeal(
                number: number,
                appeal: progress.appeal,
                content: whole.content,
                route: nil,
                term: progress.term,
                applicant: nil,
                receiptHash: nil,
                rulesVersion: "",
                files: [],
                effects: SideEffects(at: time)
            )
        }
    }
}
