import Civic
import Foundation

/// Sends an official appeal that was filed without a signature, once the signature is there.
public struct SignAppeal: Sendable {
    let store: any AppealStore
    let rules: AppealRules
    let clock: WallClock
    let mails: AppealMails
    let authority: AppealAuthority

    /// Sends an appeal.
    ///
    /// - Parameters:
    ///   - number: the appeal, which waits for its signature.
    ///   - signature: the CMS file that was verified, or the scan of the signed paper that an operator has seen.
    ///   - visitor: the applicant, or an operator with the paper.
    public func callAsFunction(
        _ number: AppealNumber,
        signature: AppealFileID,
        by visitor: AppealVisitor
    ) async throws -> MoveOutcome {
        guard let stored = try await store.appeal(number), authority.sees(visitor, stored.accessCase) else {
            return .notFound
        }
        let details = MoveDetails { $0.reason = signature.rawValue }
        let actor = authority.actor(
            for: .submit,
            among: [.citizen, .operator],
            visitor,
            stored.accessCase,
            details
        )
        guard let actor else { return .denied }
        let time = clock.now
        var progress = CaseProgress(stored.appeal, stored.term, rules.counter, answers: stored.content.answers)
        do {
            try progress.make(
                .submit,
                by: actor,
                person: visitor.person,
                at: time,
                attested: [.completeForm, .consents, .idempotencyKey, .applicantSignature]
            )
            try progress.register(number, stored.route, at: time, by: rules)
        } catch let refusal as MoveRefusal {
            return .refused(refusal)
        }
        progress.keepLastMailToApplicant()
        return try await MoveStorage(store: store, mails: mails).append(
            progress,
            to: stored,
            files: [NewAppealFile(signature, .signature, owner: visitor.person)],
            at: time
        )
    }
}
