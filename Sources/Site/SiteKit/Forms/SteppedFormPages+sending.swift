import Civic
import Foundation
import Hummingbird

/// The pages after the steps: all answers before they are sent, and discarding the draft.
extension SteppedFormPages {
    func overview(_ request: PageRequest, _ draft: Draft?, notice: String? = nil) async throws -> Response {
        var page = try await overviewPage(request, draft)
        page.done = notice
        return form(request, overviewForm(draft), page)
    }

    /// Sends the form from the page that shows the answers, with exactly the answers that this page showed.
    func sending(_ request: PageRequest) async throws -> FormAction {
        let (draft, words) = (try await draft(of: request), words(request))
        return FormAction(
            stale: { stale(request, overviewForm(draft), try await overviewPage(request, draft)) },
            perform: { verified in
                guard let owner = request.visitor.formOwner, let draft else {
                    let again = [(address(request, 0), words["steps_again"])]
                    return notice(request, title: words["steps_gone"], [words["steps_gone_text"]], links: again)
                }
                guard verified.body.value(Self.stampField) == Self.stamp(draft) else {
                    return try await overview(request, draft, notice: words["steps_changed"])
                }
                var answers: [Form] = []
                for (index, step) in steps.steps.enumerated() {
                    var form = try await filled(step, draft, request)
                    step.check(&form, words)
                    if form.hasFaults { return redirect(to: address(request, index) + "?faults=1") }
                    answers.append(form)
                }
                let response = try await send(request, owner, draft: draft.id, answers)
                do {
                    try await site.drafts.deleteDraft(of: steps.name, owner: owner)
                    await deleteFiles(of: answers, request)
                } catch {
                    // This is harmless: the draft expires with its files, and the feature recognizes its id when it is sent
                    // again.
                }
                return response
            }
        )
    }

    func discarding(_ request: PageRequest, _ draft: Draft?) -> Response {
        guard draft != nil else { return redirect(to: address(request, 0)) }
        return form(request, Form([]), discardingPage(request))
    }

    /// Deletes the draft and its files.
    func discarding(_ request: PageRequest) async throws -> FormAction {
        let draft = try await draft(of: request)
        return FormAction(
            stale: { stale(request, Form([]), discardingPage(request)) },
            perform: { _ in
                guard let owner = request.visitor.formOwner else { throw Problem.forbidden }
                for step in steps.steps {
                    await deleteFiles(of: [try await filled(step, draft, request)], request)
                }
                try await site.drafts.deleteDraft(of: steps.name, owner: owner)
                return redirect(to: address(request, 0))
            }
        )
    }

    private static var stampField: String { "draft" }

    /// A stamp that differs between any two states of a draft.
    private static func stamp(_ draft: Draft) -> String { "\(draft.id).\(draft.revision)" }

    private func overviewForm(_ draft: Draft?) -> Form {
        Form(draft.map { [.hidden(Self.stampField, Self.stamp($0))] } ?? [])
    }

    private func overviewPage(_ request: PageRequest, _ draft: Draft?) async throws -> FormPage {
        let words = words(request)
        var page = FormPage(title: words["steps_check"], submit: words["steps_send"])
        page.caption = caption(request, steps.steps.count)
        page.links = [(address(request, steps.steps.count - 1), words["steps_back"])]
        if draft != nil { page.links.append((address(request, FormSteps.discarding), words["steps_discard"])) }
        var sections: [AnswersPage.Section] = []
        for (index, step) in steps.steps.enumerated() {
            let answers = try await filled(step, draft, request).answersShown(words)
            sections.append(
                AnswersPage.Section(
                    title: words[step.title],
                    href: address(request, index),
                    answers: answers.map { AnswersPage.Section.Answer(label: $0.label, value: $0.value) }
                )
            )
        }
        page.body = AnswersPage(sections: sections)
        return page
    }

    private func discardingPage(_ request: PageRequest) -> FormPage {
        let words = words(request)
        var page = FormPage(
            title: words["steps_discard_title"],
            lead: [words["steps_discard_text"]],
            submit: words["steps_discard"],
            links: [(address(request, 0), words["steps_back"])]
        )
        page.isGrave = true
        return page
    }
}
