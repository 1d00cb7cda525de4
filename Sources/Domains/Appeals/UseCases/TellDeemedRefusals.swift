import Civic
import Foundation

/// Tells applicants that their official appeal got no answer in time, which the law treats as a refusal that can be challenged
/// (article 91 (2) of the Code), and reminds the heads of the body.
///
/// Run about once a minute; applicants are told once when a term ends, and again after an extension has run out.
public struct TellDeemedRefusals: Sendable {
    private static let batch = 100

    let store: any AppealStore
    let clock: WallClock
    let mails: AppealMails

    /// Notifies applicants of every term that has ended.
    ///
    /// - Returns: how many applicants were told, those without an address included.
    @discardableResult
    public func callAsFunction() async throws -> Int {
        let time = clock.now
        var count = 0
        while case let expired = try await store.untoldRefusals(before: LocalTime(time), limit: Self.batch),
            !expired.isEmpty
        {
            for stored in expired {
                guard let due = stored.term?.due else { continue }
                let effects = SideEffects(at: time, mails: try await notices(of: stored))
                if try await store.recordRefusal(stored.id, due: due, with: effects) { count += 1 }
            }
        }
        if count > 0 { mails.queued() }
        return count
    }

    private func notices(of stored: StoredAppeal) async throws -> [OutgoingMail] {
        func notice(_ mail: AppealMail, _ title: String?) -> AppealNotice {
            AppealMails.notice(mail, stored.appeal, stored.number, title: title, stored.term, nil)
        }
        var queued: [OutgoingMail] = []
        let contact = try await store.applicant(of: stored.applicantID).map { try mails.sealer.contact(of: $0) }
        let applicant = try await mails.applicant(
            contact,
            owner: stored.appeal.opening.owner,
            language: stored.content.language
        )
        if let applicant {
            let told = notice(.deemedRefusal, stored.content.title.text)
            queued.append(try mails.notices.mail(told, to: applicant.email, in: applicant.language))
        }
        let heads = try await stored.appeal.body.asyncFlatMap {
            try await store.mailboxes(of: $0, headsOnly: true, limit: AppealMails.maxOfBody)
        }
        for head in heads ?? [] where head.wantsMails {
            queued.append(try mails.notices.mail(notice(.staffTask, nil), to: head.email, in: head.language))
        }
        return queued
    }
}
