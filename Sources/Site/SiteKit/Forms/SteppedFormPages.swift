package import Civic
package import Hummingbird

/// The pages of a form in several steps.
///
/// Every step saves what was typed before it checks it, so nothing is lost when a step has faults, the browser closes or the session
/// ends. The last page shows the answers and sends them.
package protocol SteppedFormPages: PageResponder {
    /// The form.
    var steps: FormSteps { get }
    /// The path of the form below that of the language, such as `/appeals/new`.
    var path: String { get }
    /// Whether only people who are signed in may fill it in; their drafts follow them to other devices.
    var requiresSignIn: Bool { get }
    /// Takes a form whose steps have no faults; the draft is deleted afterwards.
    ///
    /// - Parameter answers: the form of each step.
    func send(_ request: PageRequest, _ owner: FormOwner, _ answers: [Form]) async throws -> Response
}

extension SteppedFormPages {
    /// Registers the pages.
    package func add(to routes: PageRoutes) {
        let each = RouterPath(path + "/:step")
        if requiresSignIn {
            routes.get(RouterPath(path), signedIn { request, _ in redirect(to: address(request, 0)) })
            routes.get(each, signedIn { request, _ in try await show(request) })
            routes.post(each, files: steps.files, signedIn { request, _, body in try await take(request, body) })
        } else {
            routes.get(RouterPath(path)) { request in redirect(to: address(request, 0)) }
            routes.get(each) { request in try await show(request) }
            routes.post(each, files: steps.files) { request, body in try await take(request, body) }
        }
    }

    /// The last part of the address of the page that shows the answers.
    private var overview: String { "check" }

    private func show(_ request: PageRequest) async throws -> Response {
        let draft = try await draft(of: request)
        if request.parameter("step") == overview { return form(request, Form([]), overviewPage(request, draft)) }
        let (index, step) = try step(of: request)
        var form = filled(step, draft.body, request)
        // The overview leads here when the step has faults.
        if request.query("faults") != nil { step.check(&form, words(request)) }
        return self.form(request, form, page(request, index), status: .ok)
    }

    private func take(_ request: PageRequest, _ body: FormBody) async throws -> FormAction {
        if request.parameter("step") == overview { return try await sending(request) }
        let (index, step) = try step(of: request)
        var form = filled(step, body, request)
        let page = page(request, index)
        return FormAction(
            stale: { [form] in stale(request, form, page) },
            perform: { verified in
                guard let owner = request.visitor.formOwner else { throw Problem.forbidden }
                try takeFiles(&form, verified.body, request)
                var draft = try await draft(of: request)
                draft.replace(form)
                do {
                    try await site.drafts.keep(draft, of: steps.name, owner: owner, from: request.visitor.from)
                } catch DraftRefusal.wait(let seconds) {
                    return wait(request, form, page, seconds: seconds)
                } catch DraftRefusal.tooLong {
                    form.fail(words(request)["draft_too_long"])
                    return self.form(request, form, page, status: .contentTooLarge)
                }
                step.check(&form, words(request))
                if form.hasFaults { return self.form(request, form, page) }
                return redirect(to: address(request, index + 1))
            }
        )
    }

    /// Sends the form from the page that shows the answers.
    private func sending(_ request: PageRequest) async throws -> FormAction {
        let draft = try await draft(of: request)
        return FormAction(
            stale: { stale(request, Form([]), overviewPage(request, draft)) },
            perform: { _ in
                guard let owner = request.visitor.formOwner else { throw Problem.forbidden }
                var answers: [Form] = []
                for (index, step) in steps.steps.enumerated() {
                    var form = filled(step, draft.body, request)
                    step.check(&form, words(request))
                    if form.hasFaults { return redirect(to: address(request, index) + "?faults=1") }
                    answers.append(form)
                }
                let response = try await send(request, owner, answers)
                try await site.drafts.deleteDraft(of: steps.name, owner: owner)
                return response
            }
        )
    }

    private func overviewPage(_ request: PageRequest, _ draft: DraftAnswers) -> FormPage {
        let words = words(request)
        var page = FormPage(title: words["steps_check"], submit: words["steps_send"])
        page.caption = caption(request, steps.steps.count)
        page.links = [(address(request, steps.steps.count - 1), words["steps_back"])]
        page.body = AnswersPage(
            sections: steps.steps.enumerated().map { index, step in
                AnswersPage.Section(
                    title: words[step.title],
                    href: address(request, index),
                    answers: filled(step, draft.body, request).answersShown(words).map { label, value in
                        AnswersPage.Section.Answer(label: label, value: value)
                    }
                )
            }
        )
        return page
    }

    private func page(_ request: PageRequest, _ index: Int) -> FormPage {
        let words = words(request)
        var page = FormPage(title: words[steps.steps[index].title], submit: words["steps_next"])
        page.caption = caption(request, index)
        if index > 0 { page.links = [(address(request, index - 1), words["steps_back"])] }
        return page
    }

    private func caption(_ request: PageRequest, _ index: Int) -> String {
        let words = words(request)
        return words.text("steps_progress", ["n": words.number(index + 1), "of": words.number(steps.steps.count + 1)])
    }

    private func address(_ request: PageRequest, _ index: Int) -> String {
        let slug = index < steps.steps.count ? steps.steps[index].slug : overview
        return request.link.root + path + "/" + slug
    }

    private func step(of request: PageRequest) throws(Problem) -> (index: Int, step: FormSteps.Step) {
        let slug = request.parameter("step")
        guard let index = steps.steps.firstIndex(where: { $0.slug == slug }) else { throw .notFound }
        return (index, steps.steps[index])
    }

    private func draft(of request: PageRequest) async throws -> DraftAnswers {
        guard let owner = request.visitor.formOwner else { return DraftAnswers() }
        return try await site.drafts.draft(of: steps.name, owner: owner) ?? DraftAnswers()
    }

    private func filled(_ step: FormSteps.Step, _ body: FormBody, _ request: PageRequest) -> Form {
        var form = Form(step.fields(words(request)))
        form.take(body)
        findFiles(&form, body, request)
        return form
    }
}
