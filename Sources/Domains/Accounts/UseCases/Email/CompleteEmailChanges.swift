import Civic
import Foundation

/// Sends due reminders to present addresses and makes the changes whose waiting period is over; run periodically.
struct CompleteEmailChanges: Sendable {
    let store: any EmailChangeStore & PeopleStore
    let notices: EmailChangeNotices
    let mails: AccountMails
    let clock: WallClock
    let settings: AccountSettings

    /// Handles every change that is due.
    ///
    /// - Throws: the first error, after everyone has been handled: one unreadable account must not hold up the others.
    func callAsFunction() async throws {
        var failures: [any Error] = []
        func each(_ people: [PersonID], _ body: (PersonID) async throws -> Void) async throws {
            for id in people {
                do {
                    try await body(id)
                } catch let error as CancellationError {
                    throw error
                } catch {
                    failures.append(error)
                }
            }
        }
        let due = clock.time(after: settings.lostMailboxReminder)
        try await each(try await store.changesToRemind(by: due), remind)
        try await each(try await store.completeEmailChanges(at: clock.now), finish)
        mails.queued()
        if let first = failures.first { throw first }
    }

    private func remind(_ id: PersonID) async throws {
        guard let person = try await store.person(id), let change = try await store.emailChange(of: id, at: clock.now),
            let planned = change.withoutOldFrom
        else { return }
        let from = max(planned, clock.time(after: settings.lostMailboxReminder))
        let (mail, cancel) = try notices.cancellation(of: change, person, from: from)
        _ = try await store.noteReminder(
            of: id,
            from: from,
            until: cancel.expires,
            cancel: cancel,
            with: SideEffects(at: clock.now, mails: [mail])
        )
    }

    private func finish(_ id: PersonID) async throws {
        guard let person = try await store.person(id), let change = try await store.emailChange(of: id, at: clock.now)
        else { return }
        let effects = try notices.changed(person, to: change.email)
        _ = try await store.finishEmailChange(of: id, at: clock.now, with: effects)
    }
}
