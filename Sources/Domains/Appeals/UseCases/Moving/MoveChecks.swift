import Civic
import Foundation

/// Finds out which requirements are met that follow from the order, the calendar and the attached files.
struct MoveChecks: Sendable {
    let rules: AppealRules

    /// The requirements that are checked here, whatever a page says of them.
    static let own: Set<MoveRequirement> = [
        .receipt, .workingDay, .threeWorkingDaysAhead, .withinTwoMonths, .beforeDueDate, .noPlaceholder, .photo,
        .coverLetter, .caseFile, .followersMoved, .linkedCase, .completeForm, .consents, .idempotencyKey,
    ]

    /// The requirements that are met by an order.
    ///
    /// - Throws: `CivicError.noWorkCalendar`.
    func met(by order: MoveOrder, _ stored: StoredAppeal, on today: LocalDate) throws -> Set<MoveRequirement> {
        var met = order.attested.subtracting(Self.own)
        met.insert(.receipt)
        if order.move == .merge { met.insert(.followersMoved) }
        if !order.files.isEmpty { met.formUnion([.photo, .coverLetter, .caseFile]) }
        if let reason = order.details.reason, !Self.hasPlaceholder(reason) { met.insert(.noPlaceholder) }
        let deadlines = stored.term?.deadlines
        if let deadlines, today <= deadlines.answerBy { met.insert(.beforeDueDate) }
        guard let day = order.details.date else { return met }
        if try rules.calendar.isWorkingDay(day) { met.insert(.workingDay) }
        if try rules.calendar.day(LegalTerm.hearing.count, workingDaysAfter: today) <= day {
            met.insert(.threeWorkingDaysAhead)
        }
        if try rules.calculator.day(.extensionLimit, after: today) >= day { met.insert(.withinTwoMonths) }
        return met
    }

    // Templates mark what has to be filled in by double braces or by three underscores.
    private static func hasPlaceholder(_ text: String) -> Bool { text.contains("{{") || text.contains("___") }
}
