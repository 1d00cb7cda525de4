import Attachments
package import Civic
import Foundation
package import Hummingbird

/// The pages of a form in several steps.
///
/// Every step saves what was typed before it checks it, so nothing is lost when a step has faults, the reader goes back, or the
/// session ends. A person finds the draft on every device, including one that was begun in the browser before signing in; a
/// browser without a session keeps it until it is closed. The last page shows the answers and sends them.
package protocol SteppedFormPages: PageResponder {
    /// The form.
    var steps: FormSteps { get }
    /// The path of the form below that of the language, such as `/appeals/new`.
    var path: String { get }
    /// Whether only people who are signed in may fill it in.
    var requiresSignIn: Bool { get }
    /// Takes a form whose steps have no faults; the draft and its files that are still there are deleted afterwards.
    ///
    /// The same form can arrive twice: after a double click, and when the draft could not be deleted.
    ///
    /// - Parameters:
    ///   - draft: the id of the draft; a feature that has already accepted a form with this id gives the same answer again.
    ///   - answers: the form of each step.
    func send(_ request: PageRequest, _ owner: FormOwner, draft: String, _ answers: [Form]) async throws -> Response
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
            routes.get(each) { request in
                // A step that was sent after its session had ended is shown again as it was typed.
                guard let person = request.visitor.person, let gate = site.gate else { return try await show(request) }
                return try await gate.restoring(request, person) { request, _ in try await show(request) }
            }
            routes.post(each, files: steps.files) { request, body in try await take(request, body) }
        }
    }

    private func show(_ request: PageRequest) async throws -> Response {
        let draft = try await draft(of: request)
        switch request.parameter("step") {
        case FormSteps.overview: return try await overview(request, draft)
        case FormSteps.discarding: return discarding(request, draft)
        default: break
        }
        let (index, step) = try step(of: request)
        var form = try await filled(step, draft, request)
        // The overview leads here when the step has faults.
        if request.query("faults") != nil { step.check(&form, words(request)) }
        return self.form(request, form, page(request, index, hasDraft: draft != nil), status: .ok)
    }

    private func take(_ request: PageRequest, _ body: FormBody) async throws -> FormAction {
        // The page was made for a session that has ended; its draft is the person's, not the browser's.
        if request.visitor.person == nil, request.visitor.session != nil, let gate = site.gate,
            !site.tokens.accepts(body.value(CSRFTokens.field), from: request.visitor)
        {
            return .answer(try await gate.leadToSignIn(request))
        }
        switch request.parameter("step") {
        case FormSteps.overview: return try await sending(request)
        case FormSteps.discarding: return try await discarding(request)
        default: break
        }
        let (index, step) = try step(of: request)
        var form = Form(step.fields(words(request)))
        form.take(body)
        try await findFiles(&form, body, request)
        let page = page(request, index, hasDraft: true)
        return FormAction(
            stale: { [form] in stale(request, form, page) },
            perform: { verified in
                guard let owner = request.visitor.formOwner else { throw Problem.forbidden }
                try await takeFiles(&form, verified.body, request)
                do {
                    try await save(form, owner, request)
                } catch DraftRefusal.wait(let seconds) {
                    return wait(request, form, page, seconds: seconds)
                } catch DraftRefusal.tooLong {
                    form.fail(words(request)["draft_too_long"])
                    return self.form(request, form, page, status: .contentTooLarge)
                }
                if verified.body.value("back") != nil, index > 0 { return redirect(to: address(request, index - 1)) }
                step.check(&form, words(request))
                if form.hasFaults { return self.form(request, form, page) }
                return redirect(to: address(request, index + 1))
            }
        )
    }

    /// Puts the answers of a step into the draft, whatever other tabs and devices save meanwhile.
    ///
    /// - Throws: `DraftRefusal`, `CivicError`.
    private func save(_ form: Form, _ owner: FormOwner, _ request: PageRequest) async throws {
        for _ in 0..<8 {
            let before = try await draft(of: request)
            var answers = before?.answers ?? DraftAnswers()
            answers.replace(form)
            do {
                return try await site.drafts.keep(
                    answers,
                    of: steps.name,
                    owner: owner,
                    after: before,
                    from: request.visitor.from
                )
            } catch DraftRefusal.changed {
                continue
            }
        }
        throw CivicError.storeBusy
    }

    private func page(_ request: PageRequest, _ index: Int, hasDraft: Bool) -> FormPage {
        let words = words(request)
        var page = FormPage(title: words[steps.steps[index].title], submit: words["steps_next"])
        page.caption = caption(request, index)
        page.back = index > 0 ? words["steps_back"] : nil
        if hasDraft { page.links = [(address(request, FormSteps.discarding), words["steps_discard"])] }
        return page
    }

    func caption(_ request: PageRequest, _ index: Int) -> String {
        let words = words(request)
        return words.text("steps_progress", ["n": words.number(index + 1), "of": words.number(steps.steps.count + 1)])
    }

    /// The address of a step; of the page with all answers after the last one.
    func address(_ request: PageRequest, _ index: Int) -> String {
        address(request, index < steps.steps.count ? steps.steps[index].slug : FormSteps.overview)
    }

    func address(_ request: PageRequest, _ slug: String) -> String { request.link.root + path + "/" + slug }

    private func step(of request: PageRequest) throws(Problem) -> (index: Int, step: FormSteps.Step) {
        let slug = request.parameter("step")
        guard let index = steps.steps.firstIndex(where: { $0.slug == slug }) else { throw .notFound }
        return (index, steps.steps[index])
    }

    /// The visitor's draft; that of the browser when its reader has signed in and has no other.
    func draft(of request: PageRequest) async throws -> Draft? {
        guard let owner = request.visitor.formOwner else { return nil }
        if let draft = try await site.drafts.draft(of: steps.name, owner: owner) { return draft }
        guard let person = owner.person, let key = request.visitor.formKey else { return nil }
        let browser = FormOwner.browser(Data(key.utf8))
        guard try await site.drafts.adopt(steps.name, of: browser, by: person),
            let draft = try await site.drafts.draft(of: steps.name, owner: owner)
        else { return nil }
        // Files that cannot be moved are asked for again at their field.
        try? await adoptFiles(draft.answers.keptIDs, of: browser, by: person)
        return draft
    }

    /// Gives the files of a browser's draft to the person, attachments first, because a file without its attachment is of no use.
    private func adoptFiles(_ ids: [String], of browser: FormOwner, by person: PersonID) async throws {
        let attachments = site.keptFiles.attachments(ids, of: browser)
        let adopted = Set(try await site.attachments?.useCases.adopt.adopt(attachments, by: person) ?? [])
        let usable = ids.filter { id in
            site.keptFiles.file(id, of: browser)?.attachment.map { adopted.contains($0.id) } ?? true
        }
        try site.keptFiles.adopt(usable, of: browser, by: person)
    }

    func filled(_ step: FormSteps.Step, _ draft: Draft?, _ request: PageRequest) async throws -> Form {
        let body = draft?.answers.body ?? FormBody([])
        var form = Form(step.fields(words(request)))
        form.take(body)
        try await findFiles(&form, body, request)
        return form
    }
}
