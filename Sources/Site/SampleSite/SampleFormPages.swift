import Hummingbird
import SiteKit

/// All kinds of fields on one page.
struct SampleFormPages: PageResponder {
    let site: SiteEnvironment

    func add(to routes: PageRoutes) {
        routes.get("/dev/forms") { request in form(request, emptyForm(request), page(request)) }
        routes.post("/dev/forms", files: SampleFields.files, take)
    }

    @Sendable private func take(_ request: PageRequest, _ body: FormBody) async throws -> FormAction {
        var form = emptyForm(request)
        form.take(body)
        try await findFiles(&form, body, request)
        let (page, words) = (page(request), words(request))
        return FormAction(
            stale: { [form] in stale(request, form, page) },
            perform: { verified in
                try await takeFiles(&form, verified.body, request)
                SampleFields.checkMatter(&form, words)
                SampleFields.checkPlace(&form, words)
                SampleFields.checkApplicant(&form, words)
                if form.hasFaults { return self.form(request, form, page) }
                await deleteFiles(of: [form], request)
                return notice(
                    request,
                    title: words["sample_taken"],
                    form.answersShown(words).map { "\($0.label): \($0.value)" },
                    links: [(request.link.root + "/dev/forms", words["sample_again"])]
                )
            }
        )
    }

    private func emptyForm(_ request: PageRequest) -> Form {
        let fields = SampleFields(words: words(request))
        return Form(fields.matter + fields.place + fields.applicant)
    }

    private func page(_ request: PageRequest) -> FormPage {
        let words = words(request)
        return FormPage(
            title: words["sample_title"],
            lead: [words["sample_lead"]],
            submit: words["steps_send"],
            links: [(request.link.root + "/dev/forms/steps", words["sample_steps"])]
        )
    }
}
