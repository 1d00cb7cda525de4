import Accounts
import Civic
import Hummingbird
import SiteKit

/// The pages for correcting profile data: names, phone, IIN, language, mails.
struct ProfilePages {
    let context: AccountPageContext

    func add(to routes: PageRoutes) {
        for page in [name, username, phone, iin, language, notifications] { page.add(to: routes, context) }
    }

    private var name: AccountFormPage {
        AccountFormPage(part: .name) { profile, words in
            Form([
                .line("name", words["register_name"]).with(
                    hint: words["register_name_hint"],
                    autocomplete: "name",
                    value: profile.person.name.text
                )
            ])
        } change: { form, _, request, person in
            guard let name = form.name("name", context.words(request)) else { return .refused }
            try await context.accounts.editProfile.rename(person, to: name)
            return .done
        }
    }

    private var username: AccountFormPage {
        AccountFormPage(part: .username) { profile, words in
            Form([.username(words, value: profile.person.username.text)])
        } change: { form, _, request, person in
            let words = context.words(request)
            guard let username = form.username("username", words) else { return .refused }
            if try await context.accounts.editProfile.changeUsername(person, to: username) == .taken {
                form.fail("username", words["username_taken"])
                return .refused
            }
            return .done
        }
    }

    private var phone: AccountFormPage {
        AccountFormPage(part: .phone) { profile, words in
            Form([
                .line("phone", words["account_phone_label"], type: "tel", inputMode: "tel").with(
                    hint: words["account_phone_hint"],
                    autocomplete: "tel",
                    isRequired: false,
                    value: profile.phone?.text ?? ""
                )
            ])
        } change: { form, sent, request, person in
            if sent.body.trimmed("phone") == nil {
                try await context.accounts.editProfile.changePhone(person, to: nil)
                return .done
            }
            guard let phone = form.phone("phone", context.words(request)) else { return .refused }
            try await context.accounts.editProfile.changePhone(person, to: phone)
            return .done
        }
    }

    private var iin: AccountFormPage {
        AccountFormPage(part: .iin, needsProof: true) { profile, words in
            let hint = profile.iin.map { words.text("account_iin_kept", ["iin": $0.masked]) }
            return Form([
                .line("iin", words["account_iin_label"], inputMode: "numeric").with(
                    hint: hint ?? words["account_iin_hint"],
                    autocomplete: "off",
                    isRequired: false
                )
            ])
        } change: { form, sent, request, person in
            let words = context.words(request)
            var iin: IndividualIdentificationNumber?
            if let text = sent.body.value("iin")?.filter({ $0.isNumber }), !text.isEmpty {
                do {
                    iin = try IndividualIdentificationNumber(text)
                } catch let fault as StateNumberFault {
                    form.fail("iin", words.fault(fault))
                    return .refused
                }
            }
            let outcome = try await context.accounts.editProfile.changeIIN(
                person,
                to: iin,
                password: sent.body.value("current"),
                from: request.visitor.from
            )
            switch outcome {
            case .changed, .taken: return .done
            case .refused(let proof): return .refusal(proof, &form, words) ?? .refused
            case .wait(let seconds): return .wait(seconds: seconds)
            }
        }
    }

    private var language: AccountFormPage {
        AccountFormPage(part: .language) { profile, words in
            let options = [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")].map { FormField.Option($0, $1) }
            return Form([
                .choice(
                    "language",
                    words["account_language_label"],
                    options,
                    value: profile.person.language.rawValue
                )
            ])
        } change: { form, _, _, person in
            guard let language = Language(rawValue: form["language"]) else { return .refused }
            try await context.accounts.editProfile.changeLanguage(person.person, to: language)
            return .done
        }
    }

    private var notifications: AccountFormPage {
        AccountFormPage(part: .notifications) { profile, words in
            let choices = profile.person.notifications
            return Form([
                .box("appeals", words["account_notifications_appeals"]).with(value: choices.appeals ? "1" : ""),
                .box("news", words["account_notifications_news"]).with(value: choices.news ? "1" : ""),
            ])
        } change: { form, _, _, person in
            let choices = NotificationChoices(appeals: !form["appeals"].isEmpty, news: !form["news"].isEmpty)
            try await context.accounts.editProfile.changeNotifications(person, to: choices)
            return .done
        }
    }
}
