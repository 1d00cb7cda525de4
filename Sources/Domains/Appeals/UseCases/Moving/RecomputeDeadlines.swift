import Civic
import Foundation

/// Recomputes the terms of all open appeals after a change to the work calendar, and records each change.
///
/// No date that an applicant was told becomes earlier.
public struct RecomputeDeadlines: Sendable {
    private static let batch = 200

    let store: any AppealStore
    let rules: AppealRules
    let clock: WallClock
    let mails: AppealMails

    /// Recomputes the terms.
    ///
    /// - Returns: the changes that were stored.
    /// - Throws: `CivicError.noWorkCalendar`, and what the store throws.
    public func callAsFunction() async throws -> [TermChange] {
        let time = clock.now
        var (changes, last): ([TermChange], AppealID?) = ([], nil)
        while case let batch = try await store.openAppeals(after: last, limit: Self.batch), !batch.isEmpty {
            for stored in batch {
                guard let old = stored.term, let new = try recounted(old, at: time), new != old else { continue }
                let change = TermChange(appeal: stored.id, time: time, old: old, new: new)
                let effects = SideEffects(at: time, mails: try await notice(of: change, stored))
                if try await store.change(change, version: stored.appeal.version, with: effects) {
                    changes.append(change)
                }
            }
            last = batch.last?.id
        }
        if !changes.isEmpty { mails.queued() }
        return changes
    }

    private func recounted(_ term: AppealTerm, at time: Date) throws -> AppealTerm? {
        switch term {
        case .legal(let deadlines):
            return try rules.calculator.revision(of: deadlines).map { .legal($0.new) }
        case .service(let service):
            // A pause that lasts is settled when it ends.
            guard !term.isPaused else { return nil }
            let due = try service.clock.due(on: rules.calendar, now: LocalTime(time))
            guard due > service.due else { return nil }
            return .service(ServiceTerm(clock: service.clock, due: due, promised: service.promised))
        }
    }

    // The applicant is told only when the last day moves.
    private func notice(of change: TermChange, _ stored: StoredAppeal) async throws -> [OutgoingMail] {
        guard change.old.due != change.new.due else { return [] }
        let contact = try await store.applicant(of: stored.applicantID)
            .map { try mails.sealer.contact(of: $0) }
        let applicant = try await mails.applicant(
            contact,
            owner: stored.appeal.opening.owner,
            language: stored.content.language
        )
        guard let applicant else { return [] }
        let notice = AppealMails.notice(
            .changed,
            stored.appeal,
            stored.number,
            title: stored.content.title.text,
            change.new,
            nil
        )
        return [try mails.notices.mail(notice, to: applicant.email, in: applicant.language)]
    }
}
