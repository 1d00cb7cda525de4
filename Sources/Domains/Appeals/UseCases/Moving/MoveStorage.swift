import Civic
import Foundation

/// Stores moves with their mails and audit event; on a conflict, returns what the others did.
struct MoveStorage: Sendable {
    let store: any AppealStore
    let mails: AppealMails

    /// Stores the moves that were made since an appeal was read.
    func append(
        _ progress: CaseProgress,
        to stored: StoredAppeal,
        files: [NewAppealFile] = [],
        place: AppealPlace? = nil,
        route: StoredRoute? = nil,
        part: (@Sendable (AppealID) throws -> NewAppeal)? = nil,
        mergedInto: AppealID? = nil,
        at time: Date
    ) async throws -> MoveOutcome {
        let appeal = progress.appeal
        let recipients = try await mails.recipients(of: stored, after: progress)
        let queued = try mails.mails(of: progress, stored.number, title: stored.content.title.text, to: recipients)
        let events = appeal.history.dropFirst(stored.appeal.version).compactMap { entry in
            entry.person.map {
                AuditEvent(
                    .appealMoved,
                    actor: $0,
                    subject: appeal.opening.owner,
                    detail: entry.move.rawValue,
                    time: time
                )
            }
        }
        let move = StoredMove(
            version: stored.appeal.version,
            appeal: appeal,
            term: progress.term,
            place: place,
            route: route,
            files: files,
            part: part,
            mergedInto: mergedInto,
            effects: SideEffects(at: time, mails: queued, events: events)
        )
        switch try await store.append(move) {
        case .made:
            mails.queued()
            return .made(appeal.state, version: appeal.version)
        case .stale: return .conflict(try await newer(than: stored.appeal.version, stored.id))
        case .filesUnavailable: return .filesUnavailable
        }
    }

    /// What was done with an appeal since a version.
    func newer(than version: Int, _ id: AppealID) async throws -> [HistoryEntry] {
        Array(try await store.appeal(id)?.appeal.history.dropFirst(version) ?? [])
    }
}
