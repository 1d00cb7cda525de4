import Accounts
import Gazetteer
import Hummingbird

extension AccountDesk {
    /// Mails a code to the address in a form, or to that of the account whose user name is in it, and shows the form again
    /// with a place for the code.
    func sendCode(
        _ visit: Visit,
        _ form: Form,
        emailField: String,
        _ page: (CaptchaGate.State) -> FormPage
    ) async throws -> Response {
        let words = words(visit)
        var form = form
        let isAddress = emailField == "email" || form[emailField].contains("@")
        let login = isAddress ? form.email(emailField, words)?.text : form.username(emailField, words)?.text
        guard let login else { return self.form(visit, form, page(CaptchaGate.State())) }
        let outcome = try await accounts.requestHumanCode(
            login: login,
            language: visit.language.preferred,
            from: visit.visitor.from
        )
        switch outcome {
        case .mailed(let ticket):
            // A page never gives a password back: say that the field is empty, and why.
            form.hint("password", words["login_password_again"])
            return self.form(visit, form, page(CaptchaGate.State(ticket: ticket.text, isSent: true)))
        case .wait(let seconds): return wait(visit, form, page(CaptchaGate.State()), seconds: seconds)
        }
    }

    /// The link to the mails that were not sent, while a portal is tried out.
    func developmentMail(_ words: Strings) -> [(href: String, label: String)] {
        showsMail ? [(Link.developmentMail, words["register_open_mail"])] : []
    }
}

extension Form {
    /// Notes in the summary that the captcha was not passed; beside it the template says the same.
    mutating func fail(captchaFault text: String, _ field: String) {
        fail(text, linkingTo: field == CaptchaGate.codeField ? "field-\(field)" : "captcha")
    }
}

extension Language {
    /// The same language as the accounts name it.
    var preferred: PreferredLanguage { PreferredLanguage(rawValue: rawValue) ?? .kk }
}

extension PreferredLanguage {
    /// The same language as the pages name it.
    var pageLanguage: Language { Language(rawValue: rawValue) ?? .kk }
}
