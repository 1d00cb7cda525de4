import Accounts
import Civic
import Hummingbird
import SiteKit

/// The audit log, newest first.
///
/// The log itself contains only numbers; the page adds names for readers who may see personal data.
struct StaffAuditPages {
    let desk: StaffPageContext

    /// Entries on a page.
    private static let most = 50

    func add(to routes: PageRoutes) { routes.get("/staff/audit", desk.staff(.readAudit, show)) }

    @Sendable private func show(_ visit: PageRequest, _ person: SignedIn) async throws -> Response {
        let words = desk.words(visit)
        let before = visit.query("before").flatMap { Int64($0) }
        let reading = try await desk.accounts.readAuditLog(before: before, limit: Self.most, by: person)
        let events = reading.events
        let audit = AuditWords(words: words, providerLabel: desk.providerLabel)
        var context: PageContext = [
            "title": words["staff_audit_title"], "heading": words["staff_audit_title"], "has_breadcrumbs": true,
            "breadcrumbs": StaffBreadcrumbs.steps(visit, words, words["staff_audit_title"]),
            "events": events.map { item($0.event, audit) { self.person($0, reading, visit, person) } },
        ]
        if events.count == Self.most, let last = events.last {
            context["next_href"] = visit.link.staffAudit + "?before=\(last.id)"
        }
        return desk.page("staff/audit", context, for: visit)
    }

    private func item(_ event: AuditEvent, _ audit: AuditWords, _ person: (PersonID?) -> PageContext?) -> PageContext {
        var item: PageContext = ["time": audit.words.stamp(event.time), "kind": audit.kind(event)]
        item["actor"] = person(event.actor)
        // Most people act on their own account, where the second column would only repeat the first.
        item["subject"] = event.subject == event.actor ? nil : person(event.subject)
        let detail = audit.detail(event)
        item["detail"] = detail.isEmpty ? nil : detail
        return item
    }

    /// A person in the log: the name with a link if the reader may see it, otherwise the number.
    private func person(
        _ id: PersonID?,
        _ reading: AuditReading,
        _ visit: PageRequest,
        _ reader: SignedIn
    ) -> PageContext? {
        guard let id else { return nil }
        let number = "№\u{A0}\(id)"
        guard let names = reading.names else { return ["text": number] }
        guard let name = names[id] else {
            return ["text": desk.words(visit).text("staff_audit_erased", ["number": number])]
        }
        var person: PageContext = ["text": name.text]
        if reader.may(.manageStaff) { person["href"] = visit.link.staffUser(id.description) }
        return person
    }
}
