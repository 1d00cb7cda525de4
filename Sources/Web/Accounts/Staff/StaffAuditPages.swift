import Accounts
import Gazetteer
import Hummingbird

/// The record of who did what, newest first; it names people by their number alone.
struct StaffAuditPages {
    let desk: AccountDesk

    /// So many are on a page.
    private static let most = 50

    func add(to routes: PageRoutes) { routes.get("/staff/audit", desk.staff(.readAudit, show)) }

    @Sendable private func show(_ visit: Visit, _ person: SignedIn) async throws -> Response {
        let words = desk.words(visit)
        let before = visit.query("before").flatMap { Int64($0) }
        let events = try await desk.accounts.auditEvents(before: before, limit: Self.most, by: person)
        var context: PageContext = [
            "title": words["staff_audit_title"], "heading": words["staff_audit_title"], "has_breadcrumbs": true,
            "breadcrumbs": StaffLinks.steps(visit, words, words["staff_audit_title"]),
            "events": events.map { item($0, AuditWords(words: words, providers: desk.providers)) },
        ]
        if events.count == Self.most, let last = events.last {
            context["next_href"] = visit.link.staffAudit + "?before=\(last.id)"
        }
        return desk.page("staff/audit", context, for: visit)
    }

    private func item(_ recorded: RecordedEvent, _ audit: AuditWords) -> PageContext {
        let event = recorded.event
        return [
            "time": audit.words.stamp(event.time), "kind": audit.kind(event),
            "actor": event.actor.map { "№\u{A0}\($0)" } ?? "—", "subject": event.subject.map { "№\u{A0}\($0)" } ?? "—",
            "detail": audit.detail(event),
        ]
    }
}
