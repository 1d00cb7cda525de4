import Accounts
import Hummingbird
import SiteKit

/// Changing the password, or setting one after signing up through a provider; this ends the other sessions.
struct AccountPasswordPage {
    let context: AccountPageContext

    func add(to routes: PageRoutes) { page.add(to: routes, context) }

    private var page: AccountFormPage {
        AccountFormPage(part: .password) { profile, words in
            var fields: [FormField] = []
            if profile.person.hasPassword {
                fields.append(.password("current", words["password_current"], autocomplete: "current-password"))
            }
            fields.append(.newPassword("password", words["password_new"], words))
            return Form(fields)
        } change: { form, sent, request, person in
            let words = context.words(request)
            let needsCurrent = form.fields.contains { $0.name == "current" }
            let current = sent.body.value("current") ?? ""
            let password = sent.body.value("password") ?? ""
            if needsCurrent, current.isEmpty { form.fail("current", words["password_missing"]) }
            if password.isEmpty { form.fail("password", words["password_missing"]) }
            guard !form.hasFaults else { return .refused }
            let outcome = try await context.accounts.changePassword(
                of: person,
                current: needsCurrent ? current : nil,
                to: password,
                device: request.visitor.device,
                from: request.visitor.from
            )
            switch outcome {
            case .changed(let session): return session.map { .renewed($0) } ?? .done
            case .wrong, .expired: return .refusal(.wrong, &form, words) ?? .refused
            case .needsFreshSignIn: return .refusal(.needsFreshSignIn, &form, words) ?? .refused
            case .wait(let seconds): return .wait(seconds: seconds)
            case .password(let fault):
                form.fail("password", words.fault(fault))
                return .refused
            case .busy: return .busy
            }
        }
    }
}

extension Strings {
    /// The message about a password that is refused.
    func fault(_ fault: PasswordFault) -> String {
        switch fault {
        case .tooShort(let minimum): text("password_too_short", ["n": number(minimum)])
        case .tooLong(let maximum): text("password_too_long", ["n": number(maximum)])
        case .common, .repetitive: self["password_common"]
        case .containsLogin: self["password_own"]
        }
    }
}
