import Civic
import Hummingbird
import SiteKit

/// A form whose files become attachments in the step that uploads them.
struct SampleAttachmentPages: SteppedFormPages {
    private static let evidence = FileRules.Field.attachments("evidence")

    let site: SiteEnvironment
    let path = "/dev/forms/attachments"
    let requiresSignIn = false

    let steps = FormSteps(
        "sample_attachments",
        [
            FormSteps.Step(
                "files",
                title: "sample_step_files",
                fields: { words in
                    [
                        .text("note", words["sample_note"], limit: 500),
                        .files(Self.evidence, words["sample_evidence"]).with(isRequired: false),
                    ]
                },
                check: { form, words in
                    _ = form.text("note", words)
                    _ = form.attachments("evidence", words)
                }
            )
        ],
        files: FileRules([evidence])
    )

    func send(_ request: PageRequest, _ owner: FormOwner, draft: String, _ answers: [Form]) async throws -> Response {
        let words = words(request)
        // A feature would claim the attachments in the transaction of its record; this sample keeps nothing of them.
        return notice(
            request,
            title: words["sample_taken"],
            answers.flatMap { $0.answersShown(words) }.map { "\($0.label): \($0.value)" },
            links: [(request.link.root + path, words["sample_again"])]
        )
    }
}
