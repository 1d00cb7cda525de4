import Civic
package import HTTPTypes
package import Hummingbird

/// The contents of a page around its form.
package struct FormPage {
    /// The title of the page.
    package let title: String
    /// The description for search engines and link previews; nil for the title.
    package var description: String?
    /// A line above the title, such as the number of the step.
    package var caption: String?
    /// Paragraphs above the form.
    package var lead: [String] = []
    /// The label of the button that sends the form.
    package var submit: String
    /// The label of a second button, which sends the field `back`; nil for none.
    package var back: String?
    /// The target of the form; nil for the URL of the page itself.
    package var action: String?
    /// Links below the form.
    package var links: [(href: String, label: String)] = []
    /// The breadcrumbs; the last one is the page itself.
    package var breadcrumbs: [LabelLink] = []
    /// The user name for password managers, next to the form's passwords; nil for that of the signed-in person.
    package var username: String?
    /// The message about what was just done.
    package var done: String?
    /// Whether the button does something irreversible.
    package var isGrave = false
    /// Whether the form can be sent again from the same page, because the answer is a download.
    package var isRepeatable = false
    /// The contents, if they are more than the form.
    package var body: any FramedPage = PlainForm()

    /// Makes a page without links, breadcrumbs and a second button.
    package init(
        title: String,
        description: String? = nil,
        lead: [String] = [],
        submit: String,
        action: String? = nil,
        links: [(href: String, label: String)] = [],
        breadcrumbs: [LabelLink] = [],
        username: String? = nil,
        done: String? = nil,
        isGrave: Bool = false,
        body: any FramedPage = PlainForm()
    ) {
        self.title = title
        self.description = description
        self.lead = lead
        self.submit = submit
        self.action = action
        self.links = links
        self.breadcrumbs = breadcrumbs
        self.username = username
        self.done = done
        self.isGrave = isGrave
        self.body = body
    }
}

extension PageResponder {
    /// Renders a page with one form.
    package func form(
        _ request: PageRequest,
        _ form: Form,
        _ page: FormPage,
        status: HTTPResponse.Status? = nil
    ) -> Response {
        var (form, page, status) = (form, page, status)
        if request.request.method == .get, let draft = request.visitor.draft {
            form.take(draft)
            findKeptFiles(&form, draft, request)
            page.done = words(request)["form_restored"]
            // A file that is no longer there is a fault of the field, not of this request.
            status = status ?? .ok
        }
        var frame = FormFrame(title: page.title, description: page.description ?? page.title)
        // A password manager needs to know whose password it fills in or saves.
        if form.hasPassword { frame.accountName = page.username ?? request.visitor.person?.username.text }
        frame.lead = page.lead
        frame.submit = page.submit
        frame.back = page.back
        frame.action = page.action ?? request.request.uri.path
        frame.links = page.links.map { LabelLink(href: $0.href, label: $0.label) }
        frame.breadcrumbs = page.breadcrumbs
        frame.done = page.done
        frame.grave = page.isGrave
        frame.repeatable = page.isRepeatable
        frame.fields = form.views(words(request))
        frame.multipart = form.hasFiles
        frame.caption = page.caption
        frame.hasRequired = form.hasRequired
        frame.faults = form.faults
        return self.page(
            page.body,
            in: frame,
            for: request,
            status: status ?? (form.hasFaults ? .unprocessableContent : .ok)
        )
    }

    /// Shows the form again with a message that no more attempts are accepted for a while.
    package func wait(_ request: PageRequest, _ form: Form, _ page: FormPage, seconds: Int) -> Response {
        var form = form
        form.fail(words(request).wait(seconds: seconds))
        var response = self.form(request, form, page, status: .tooManyRequests)
        response.headers[.retryAfter] = String(seconds)
        return response
    }

    /// Shows the form again with a message that the server is overloaded.
    package func busy(_ request: PageRequest, _ form: Form, _ page: FormPage) -> Response {
        var form = form
        form.fail(words(request)["form_busy"])
        var response = self.form(request, form, page, status: .serviceUnavailable)
        response.headers[.retryAfter] = "10"
        return response
    }

    /// Shows the form again with its input, because it was not requested by this browser, or is too large with its files.
    package func stale(_ request: PageRequest, _ form: Form, _ page: FormPage) -> Response {
        var form = form
        if request.sent.form?.isCut == true {
            form.fail(words(request)["form_too_large"])
            return self.form(request, form, page, status: .contentTooLarge)
        }
        form.fail(words(request)["form_stale"])
        return self.form(request, form, page, status: .forbidden)
    }

    /// Renders a page with a message only.
    package func notice(
        _ request: PageRequest,
        title: String,
        _ paragraphs: [String],
        links: [(href: String, label: String)] = [],
        button: (href: String, label: String)? = nil,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        var frame = FormFrame(title: title, description: title)
        frame.lead = paragraphs
        frame.links = links.map { LabelLink(href: $0.href, label: $0.label) }
        let notice = NoticePage(button: button.map { LabelLink(href: $0.href, label: $0.label) })
        return page(notice, in: frame, for: request, status: status)
    }
}

extension Strings {
    /// The message about how long to wait before the next attempt.
    package func wait(seconds: Int) -> String {
        if seconds < 90 { return text("form_wait_seconds", ["n": number(max(1, seconds))]) }
        return text("form_wait_minutes", ["n": number((seconds + 59) / 60)])
    }
}
