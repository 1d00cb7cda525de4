/// A form in several steps, one page each; the answers are kept as a draft from the first step on.
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

        /// Makes a step.
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
    /// The last part of the address of the page that discards the draft.
    static let discarding = "discard"

    /// The name of the form among all drafts.
    package let name: String
    /// The steps in order.
    package let steps: [Step]
    /// The files of all steps.
    package let files: FileRules

    /// Makes the form of its steps.
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
            /// The label of the field.
            package let label: String
            /// The answer, as text in the language of the page.
            package let value: String
        }

        /// The title of the step.
        package let title: String
        /// The page of the step.
        package let href: String
        /// The answers of the step.
        package let answers: [Answer]
    }

    /// The name of the template.
    package static let template = "form/answers"

    /// The steps with their answers.
    package let sections: [Section]
}
