import Accounts
import Civic
import Hummingbird
import SiteKit

/// The audit log as a table.
struct AuditTable: FramedPage {
    struct Event: Codable, Sendable {
        let time: String
        let kind: String
        let actor: TextLink?
        let subject: TextLink?
        let detail: String?
    }

    static let template = "staff/audit"

    let events: [Event]
    let nextHref: String?
}

/// The audit log, newest first.
///
/// The log itself contains only numbers; the page adds names for readers who may see personal data.
struct StaffAuditPages {
    let context: StaffPageContext

    /// Entries on a page.
    private static let maxRows = 50

    func add(to routes: StaffRoutes) { routes.get("/audit", .readAudit, show) }

    @Sendable private func show(_ request: PageRequest, _ person: SignedIn) async throws -> Response {
        let words = context.words(request)
        let before = request.query("before").flatMap { Int64($0) }
        let reading = try await context.accounts.readAuditLog(before: before, limit: Self.maxRows, by: person)
        let events = reading.events
        let audit = AuditWords(words: words, providerLabel: context.providerLabel)
        let last = events.count == Self.maxRows ? events.last : nil
        let table = AuditTable(
            events: events.map { item($0.event, audit) { self.person($0, reading, request, person) } },
            nextHref: last.map { request.link.staffAudit + "?before=\($0.id)" }
        )
        var frame = FormFrame(title: words["staff_audit_title"], description: words["home_description"])
        frame.breadcrumbs = StaffBreadcrumbs.steps(request, words, words["staff_audit_title"])
        return context.page(table, in: frame, for: request)
    }

    private func item(
        _ event: AuditEvent,
        _ audit: AuditWords,
        _ person: (PersonID?) -> TextLink?
    ) -> AuditTable.Event {
        let detail = audit.detail(event)
        return .init(
            time: audit.words.stamp(event.time),
            kind: audit.kind(event),
            actor: person(event.actor),
            // Most people act on their own account, where the second column would only repeat the first.
            subject: event.subject == event.actor ? nil : person(event.subject),
            detail: detail.isEmpty ? nil : detail
        )
    }

    /// A person in the log: the name with a link if the reader may see it, otherwise the number.
    private func person(
        _ id: PersonID?,
        _ reading: AuditLogPage,
        _ request: PageRequest,
        _ reader: SignedIn
    ) -> TextLink? {
        guard let id else { return nil }
        let number = "№\u{A0}\(id)"
        guard let names = reading.names else { return TextLink(text: number) }
        guard let name = names[id] else {
            return TextLink(text: context.words(request).text("staff_audit_erased", ["number": number]))
        }
        return TextLink(href: reader.may(.manageStaff) ? request.link.staffUser(id.description) : nil, text: name.text)
    }
}
