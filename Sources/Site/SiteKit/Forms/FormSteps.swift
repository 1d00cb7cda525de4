/// A form in several steps, one page each; what was answered is kept as a draft from the first step on.
package struct FormSteps: Sendable {
    /// One step.
    package struct Step: Sendable {
        /// The last part of its address.
        package let slug: String
        /// The key of its title in the words.
        package let title: String
        /// Its fields, empty.
        package let fields: @Sendable (Strings) -> [FormField]
        /// Reads the answers and records their faults.
        package let check: @Sendable (inout Form, Strings) -> Void

        package init(
            _ slug: String,
            title: String,
            fields: @escaping @Sendable (Strings) -> [FormField],
            check: @escaping @Sendable (inout Form, Strings) -> Void
        ) {
            (self.slug, self.title, self.fields, self.check) = (slug, title, fields, check)
        }
    }

    /// The last part of the address of the page that shows the answers.
    static let overview = "check"
    /// The last part of the address of the page that gives up the draft.
    static let discarding = "discard"

    /// The name of the form among all drafts.
    package let name: String
    package let steps: [Step]
    /// The files of all steps.
    package let files: FileRules

    package init(_ name: String, _ steps: [Step], files: FileRules = .none) {
        (self.name, self.steps, self.files) = (name, steps, files)
    }
}

/// The page that shows the answers of all steps before they are sent.
package struct AnswersPage: FramedPage {
    /// The answers of one step.
    package struct Section: Codable, Sendable {
        /// A question with its answer.
        package struct Answer: Codable, Sendable {
            package let label: String
            package let value: String
        }

        package let title: String
        /// The page of the step.
        package let href: String
        package let answers: [Answer]
    }

    package static let template = "account/answers"

    package let sections: [Section]
}
