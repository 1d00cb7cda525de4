import Civic

extension Appeal {
    /// Whether a requirement of a move is met.
    func meets(_ requirement: MoveRequirement, _ request: MoveRequest, _ context: MoveContext) -> Bool {
        let details = request.details
        switch requirement {
        case .number: return details.number != nil
        case .legalKind: return details.legalKind != nil
        case .reason: return Self.isWritten(details.reason)
        case .question: return Self.isWritten(details.question)
        case .date: return details.date.map { $0 >= request.day } ?? false
        case .ruleOrReason: return details.rule != nil || Self.isWritten(details.reason)
        case .sameBody: return details.body == nil || details.body == body
        case .otherBody: return details.body.map { $0 != body } ?? false
        case .freePart:
            return details.part.map { (1...AppealNumber.maxParts).contains($0) && !parts.contains($0) } ?? false
        case .defects: return !details.defects.isEmpty
        case .curingTermExpired: return day(of: .nameDefects).map { request.day > $0 } ?? false
        case .noDanger: return !isDangerous
        case .pauseWithinLimit:
            return details.pauseDays.map { $0 >= 0 && pauseDays + $0 <= Self.maxPauseDays } ?? false
        case .replyOrDay:
            return request.actor != .system || (day(of: .askApplicant).map { request.day >= $0 } ?? false)
        case .outcome: return isOutcome(details.outcome ?? outcome, of: Outcome.choices(in: procedure))
        case .outcomeWithoutWork: return isOutcome(details.outcome, of: Outcome.withoutWork)
        case .outcomeInFull: return isOutcome(details.outcome, of: Outcome.inFull)
        case .partsFinished: return context.openParts == 0
        case .hearingHeld:
            let needsHearing = details.outcome?.needsHearing(in: procedure) ?? false
            return !needsHearing || wasHeard
                || (request.attested.contains(.hearingMayBeSkipped) && Self.isWritten(details.reason))
        case .notExtendedBefore: return !isExtended
        case .ground: return details.ground != nil
        case .photoIfWanted:
            return !context.wantsPhoto || details.outcome != .solved || request.attested.contains(.photo)
        case .withinThirtyDays:
            guard let last = history.last(where: { $0.to == state && $0.from != state }) else { return false }
            return request.day <= LocalTime(last.time).date.adding(days: Self.daysToReconsider)
        case .notReopenedBefore: return !wasReopened
        case .targetReport: return details.target != nil && details.target != number
        case .newSubject: return details.category != nil || details.changesPlace
        default: return request.attested.contains(requirement)
        }
    }

    // The day that the latest move of a kind set.
    private func day(of move: AppealMove) -> LocalDate? { history.last { $0.move == move }?.details.date }

    private func isOutcome(_ outcome: Outcome?, of choices: [Outcome]) -> Bool {
        outcome.map(choices.contains) ?? false
    }

    private static func isWritten(_ text: String?) -> Bool { text?.contains { !$0.isWhitespace } ?? false }
}
