import Civic
import Hummingbird
import SiteKit

/// The fields of the sample form in three steps with a draft.
struct SampleStepsPages: SteppedFormPages {
    let site: SiteEnvironment
    let path = "/dev/forms/steps"
    let requiresSignIn = false

    let steps = FormSteps(
        "sample",
        [
            FormSteps.Step(
                "matter",
                title: "sample_step_matter",
                fields: { SampleFields(words: $0).matter },
                check: SampleFields.checkMatter
            ),
            FormSteps.Step(
                "place",
                title: "sample_step_place",
                fields: { SampleFields(words: $0).place },
                check: SampleFields.checkPlace
            ),
            FormSteps.Step(
                "applicant",
                title: "sample_step_applicant",
                fields: { SampleFields(words: $0).applicant },
                check: SampleFields.checkApplicant
            ),
        ],
        files: SampleFields.files
    )

    func send(_ request: PageRequest, _ owner: FormOwner, draft: String, _ answers: [Form]) async throws -> Response {
        let words = words(request)
        return notice(
            request,
            title: words["sample_taken"],
            answers.flatMap { $0.answersShown(words) }.map { "\($0.label): \($0.value)" },
            links: [(request.link.root + path, words["sample_again"])]
        )
    }
}
