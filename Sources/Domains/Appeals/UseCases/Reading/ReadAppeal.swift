public import Civic
import Foundation

/// Shows an appeal to those who may see it, and records every time somebody other than the applicant sees personal data.
public struct ReadAppeal: Sendable {
    let store: any AppealStore
    let rules: AppealRules
    let sealer: ValueSealer
    let clock: WallClock
    let authority: AppealAuthority

    /// The appeal as a visitor may see it; nil when there is none for this visitor.
    ///
    /// - Parameter address: where the request comes from; it is recorded as a keyed hash.
    /// - Throws: what the store throws, or `CivicError` when a sealed value cannot be opened.
    public func callAsFunction(
        _ number: AppealNumber,
        by visitor: AppealVisitor,
        from address: RemoteAddress
    ) async throws -> AppealView? {
        guard let stored = try await store.appeal(number) else { return nil }
        let item = stored.accessCase
        guard authority.sees(visitor, item) else { return nil }
        let isApplicant = authority.isApplicant(visitor, item)
        let applicant = try await store.applicant(of: stored.applicantID)
        let isContactSeen = authority.may(.seeContact, visitor, item)
        let contact = isContactSeen ? try applicant.map { try sealer.contact(of: $0) } : nil
        if contact != nil, !isApplicant {
            try await record(.contact, of: stored.id, visitor, address, reason: nil)
        }
        let isOwner = visitor.person != nil && visitor.person == item.owner
        return AppealView(
            number: stored.number,
            stateNumber: stored.stateNumber,
            appeal: stored.appeal,
            steps: stored.appeal.steps(withTexts: true),
            term: stored.term,
            challenge: challenge(stored),
            place: stored.place,
            supporters: stored.supporters,
            rating: stored.rating,
            parent: stored.parent,
            parts: stored.parts,
            isApplicant: isApplicant,
            content: stored.content,
            answer: stored.appeal.answer,
            messages: try await store.messages(of: stored.id),
            contact: contact,
            identity: isOwner ? try applicant.map { try sealer.identity(of: $0) } : nil,
            files: authority.may(.seeFiles, visitor, item) || isApplicant ? try await store.files(of: stored.id) : nil,
            internals: authority.may(.seeInternal, visitor, item) && !isApplicant ? try await internals(stored) : nil,
            moves: MoveAppeal.offered(stored, to: visitor, authority),
            received: stored.received
        )
    }

    /// IIN or BIN and address of the applicant, with a reason where the permissions demand one; nil when the visitor may not see
    /// them.
    public func reveal(
        _ number: AppealNumber,
        reason: String?,
        by visitor: AppealVisitor,
        from address: RemoteAddress
    ) async throws -> ApplicantIdentity? {
        guard let stored = try await store.appeal(number),
            authority.may(.seeIdentity, visitor, stored.accessCase, reason: reason),
            let applicant = try await store.applicant(of: stored.applicantID)
        else { return nil }
        try await record(.identity, of: stored.id, visitor, address, reason: reason)
        return try sealer.identity(of: applicant)
    }

    /// The appeal to which a file belongs, when the visitor may have the file; the access is recorded.
    public func mayOpen(
        _ file: AppealFileID,
        by visitor: AppealVisitor,
        from address: RemoteAddress
    ) async throws -> AppealID? {
        guard let id = try await store.appeal(with: file), let stored = try await store.appeal(id) else { return nil }
        let item = stored.accessCase
        guard authority.isApplicant(visitor, item) || authority.may(.seeFiles, visitor, item) else { return nil }
        try await record(.files, of: id, visitor, address, reason: nil)
        return id
    }

    /// Who looked at personal data in an appeal, the newest first; nil when the visitor may not know.
    public func accesses(_ number: AppealNumber, by visitor: AppealVisitor) async throws -> [AppealAccess]? {
        guard let stored = try await store.appeal(number),
            authority.may(.seeAccesses, visitor, stored.accessCase)
        else { return nil }
        return try await store.accesses(of: stored.id, limit: 500)
    }

    // Access by the applicant is not recorded.
    private func record(
        _ dataClass: AppealDataClass,
        of id: AppealID,
        _ visitor: AppealVisitor,
        _ address: RemoteAddress,
        reason: String?
    ) async throws {
        guard let person = visitor.person, visitor.subject.role.isStaff else { return }
        let access = AppealAccess(
            appeal: id,
            person: person,
            role: visitor.subject.role,
            time: clock.now,
            dataClass: dataClass,
            reason: reason,
            origin: try sealer.hash(address.key, for: .origin)
        )
        try await store.record([access])
    }

    private func internals(_ stored: StoredAppeal) async throws -> AppealInternals {
        AppealInternals(
            notes: try await store.notes(of: stored.id),
            route: stored.route,
            termChanges: try await store.termChanges(of: stored.id),
            draftAnswer: stored.appeal.draftAnswer
        )
    }

    // The day on which the person learned of the act is that of the answer; without an answer it is the first day of the refusal.
    private func challenge(_ stored: StoredAppeal) -> ChallengeDates? {
        guard let deadlines = stored.term?.deadlines else { return nil }
        let today = LocalTime(clock.now).date
        let ending: Set<AppealState> = [.answered, .terminated, .returned]
        let last = stored.appeal.history.last { ending.contains($0.to) }
        if ending.contains(stored.appeal.state), let last {
            return try? rules.calculator.challenge(knownOn: LocalTime(last.time).date)
        }
        guard stored.appeal.state.isOpen, deadlines.isDeemedRefused(on: today) else { return nil }
        return try? rules.calculator.challenge(knownOn: deadlines.refusedFrom)
    }
}
