import Accounts
import Civic
import Hummingbird
import SiteKit

extension AccountPageContext {
    /// Mails a code to the address in a form, or to that of the account with the user name in it, and shows the form again
    /// with a field for the code.
    func sendCode(
        _ request: PageRequest,
        _ form: Form,
        emailField: String,
        _ page: (CaptchaGate.State) -> FormPage
    ) async throws -> Response {
        let words = words(request)
        var form = form
        let isAddress = emailField == "email" || form[emailField].contains("@")
        let login = isAddress ? form.email(emailField, words)?.text : form.username(emailField, words)?.text
        guard let login else { return self.form(request, form, page(CaptchaGate.State())) }
        let outcome = try await accounts.mailHumanCode.request(
            login: login,
            language: request.language,
            from: request.visitor.from
        )
        switch outcome {
        case .mailed(let ticket):
            // Passwords are never sent back in a page, so explain why the field is empty.
            form.hint("password", words["login_password_again"])
            return self.form(request, form, page(CaptchaGate.State(ticket: ticket.text, isSent: true)))
        case .wait(let seconds): return wait(request, form, page(CaptchaGate.State()), seconds: seconds)
        }
    }

    /// The link to the unsent mails, on a portal in development.
    func developmentMail(_ words: Strings) -> [(href: String, label: String)] {
        showsMail ? [(Link.developmentMail, words["register_open_mail"])] : []
    }
}

extension Form {
    /// Adds the captcha's fault to the summary; the template shows it next to the captcha too.
    mutating func fail(captchaFault text: String, _ field: String) {
        fail(text, linkingTo: field == CaptchaGate.codeField ? "field-\(field)" : "captcha")
    }
}
