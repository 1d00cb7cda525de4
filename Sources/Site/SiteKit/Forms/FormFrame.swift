/// What is around the contents of a page with a form, and the form in it.
package struct FormFrame: Codable, Sendable {
    /// The title of the window.
    package let title: String
    /// The heading of the page.
    package let heading: String
    /// The description for search engines and link previews.
    package let description: String
    /// A line above the heading.
    package var caption: String?
    /// Paragraphs above the form.
    package var lead: [String] = []
    /// The breadcrumbs; the last one is the page itself.
    package var breadcrumbs: [LabelLink] = []
    /// The message about what was just done.
    package var done: String?
    /// The summary of faults, each with a link to its field.
    package var faults: [TextLink] = []
    /// The token of the page's forms.
    package var csrf = ""
    /// The value of the `robots` meta tag.
    package var robots = "noindex"
    /// The target of the form; empty for the URL of the page.
    package var action = ""
    /// The label of the button that sends the form.
    package var submit = ""
    /// The label of the button that leads to the previous step.
    package var back: String?
    /// The user name for password managers.
    package var accountName: String?
    /// Whether a field of the form is required.
    package var hasRequired = false
    /// The fields in order.
    package var fields: [FieldView] = []
    /// Whether the form has fields for files.
    package var multipart = false
    /// Links below the form.
    package var links: [LabelLink] = []
    /// Whether the button does something irreversible.
    package var grave = false
    /// Whether the form can be sent again from the same page, because the answer is a download.
    package var repeatable = false

    /// Makes a frame without a form, whose heading is its title.
    package init(title: String, description: String) {
        (self.title, heading, self.description) = (title, title, description)
    }
}

/// The contents of a page inside `FormFrame`: the pages with a form, and all account and staff pages.
///
/// Its template may name the members of the frame too.
package protocol FramedPage: PageModel {}

/// A form without anything else.
package struct PlainForm: FramedPage {
    /// The name of the template.
    package static let template = "form/form"

    /// Makes the contents.
    package init() {}
}

/// A message without a form, with an optional button.
package struct NoticePage: FramedPage {
    /// The name of the template.
    package static let template = "form/notice"

    /// The button below the message; nil for none.
    package var button: LabelLink?

    /// Makes the contents.
    package init(button: LabelLink? = nil) { self.button = button }
}
