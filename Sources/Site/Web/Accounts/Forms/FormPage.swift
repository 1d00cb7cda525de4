import Accounts
import HTTPTypes
import Hummingbird

/// What a page with one form says around it.
struct FormPage {
    let title: String
    /// What search engines and readers of links are told; nil for what is said of the account as a whole.
    var description: String?
    /// Paragraphs above the form.
    var lead: [String] = []
    var submit: String
    /// Where the form goes; nil to the address of the page itself.
    var action: String?
    /// Links below the form.
    var links: [(href: String, label: String)] = []
    /// The way to the page; the last step is the page itself.
    var breadcrumbs: [PageContext] = []
    /// The user name beside the passwords of the form, for password managers; nil for that of who is signed in.
    var username: String?
    /// The words of what was just done.
    var done: String?
    /// Whether the button does something that cannot be undone.
    var isGrave = false
    var template = "account/form"
    /// More members for a template of its own.
    var more: PageContext = [:]
}

extension AccountDesk {
    /// A page with one form.
    func form(_ visit: Visit, _ form: Form, _ page: FormPage, status: HTTPResponse.Status? = nil) -> Response {
        var (form, page) = (form, page)
        if visit.request.method == .get, let draft = visit.visitor.draft {
            form.take(draft)
            page.done = words(visit)["form_restored"]
        }
        var context = page.more
        // A password manager has to know whose password it is to fill in or to save.
        if form.hasPassword { context["account_name"] = page.username ?? visit.visitor.person?.username.text }
        context["title"] = page.title
        context["heading"] = page.title
        context["description"] = page.description ?? words(visit)["account_description"]
        context["lead"] = page.lead.map { ["text": $0] }
        context["submit"] = page.submit
        context["action"] = page.action ?? visit.request.uri.path
        context["links"] = page.links.map { ["href": $0.href, "label": $0.label] }
        context["has_links"] = !page.links.isEmpty
        context["has_breadcrumbs"] = !page.breadcrumbs.isEmpty
        context["breadcrumbs"] = page.breadcrumbs
        context["done"] = page.done
        context["grave"] = page.isGrave
        context.merge(form.context) { _, new in new }
        return self.page(
            page.template,
            context,
            for: visit,
            status: status ?? (form.hasFaults ? .unprocessableContent : .ok)
        )
    }

    /// The same form with the reason why nothing more is taken for a while.
    func wait(_ visit: Visit, _ form: Form, _ page: FormPage, seconds: Int) -> Response {
        var form = form
        form.fail(words(visit).wait(seconds: seconds))
        var response = self.form(visit, form, page, status: .tooManyRequests)
        response.headers[.retryAfter] = String(seconds)
        return response
    }

    /// The same form with the word that the server has too much to do.
    func busy(_ visit: Visit, _ form: Form, _ page: FormPage) -> Response {
        var form = form
        form.fail(words(visit)["form_busy"])
        var response = self.form(visit, form, page, status: .serviceUnavailable)
        response.headers[.retryAfter] = "10"
        return response
    }

    /// The same form, because it was not asked for by this browser: what was typed stays.
    func stale(_ visit: Visit, _ form: Form, _ page: FormPage) -> Response {
        var form = form
        form.fail(words(visit)["form_stale"])
        return self.form(visit, form, page, status: .forbidden)
    }

    /// A page that only tells something.
    func notice(
        _ visit: Visit,
        title: String,
        _ paragraphs: [String],
        links: [(href: String, label: String)] = [],
        button: (href: String, label: String)? = nil,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        var context: PageContext = [
            "title": title, "heading": title, "description": words(visit)["account_description"],
            "lead": paragraphs.map { ["text": $0] }, "links": links.map { ["href": $0.href, "label": $0.label] },
            "has_links": !links.isEmpty,
        ]
        context["button"] = button.map { ["href": $0.href, "label": $0.label] }
        return page("account/notice", context, for: visit, status: status)
    }
}

extension Strings {
    /// How long to wait before the next try.
    func wait(seconds: Int) -> String {
        if seconds < 90 { return text("form_wait_seconds", ["n": number(max(1, seconds))]) }
        return text("form_wait_minutes", ["n": number((seconds + 59) / 60)])
    }
}
