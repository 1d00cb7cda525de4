import Accounts
import Civic
import Hummingbird
import SiteKit

/// An account page with one form: shows it filled in, handles it, and returns to the account.
struct AccountFormPage: Sendable {
    /// The result of handling a form.
    enum Change: Sendable {
        /// The change is done.
        case done
        /// The change is done and a new session has begun.
        case renewed(StartedSession)
        /// The answers have faults, which the form shows.
        case refused
        /// No further attempt is accepted at present. The value is the number of seconds to wait.
        case wait(seconds: Int)
        /// The server is overloaded.
        case busy
    }

    let part: Link.AccountPart
    /// Whether a recent sign-in or the password is required.
    var needsProof = false
    let form: @Sendable (Profile, Strings) -> Form
    let change: @Sendable (inout Form, VerifiedForm, PageRequest, SignedIn) async throws -> Change
    /// Adjusts what surrounds the form, for pages that show more.
    var adjust: (@Sendable (inout FormPage, PageRequest, Profile) -> Void)?

    /// Registers the page and the action of its button.
    func add(to routes: PageRoutes, _ context: AccountPageContext) {
        let path = RouterPath("/account/\(part.rawValue)")
        routes.get(path, context.signedIn { request, person in try await show(request, person, context) })
        routes.post(path, context.signedIn { request, person, body in try await take(request, person, body, context) })
    }

    private func show(
        _ request: PageRequest,
        _ person: SignedIn,
        _ context: AccountPageContext
    ) async throws -> Response {
        let profile = try await context.profile(of: person)
        let form = try await filled(request, profile, person, context)
        return context.form(request, form, page(request, profile, context))
    }

    private func filled(
        _ request: PageRequest,
        _ profile: Profile,
        _ person: SignedIn,
        _ context: AccountPageContext
    ) async throws -> Form {
        var form = form(profile, context.words(request))
        if needsProof { for field in try await context.lateProof(request, person) { form.add(field) } }
        return form
    }

    private func take(
        _ request: PageRequest,
        _ person: SignedIn,
        _ body: FormBody,
        _ context: AccountPageContext
    ) async throws -> FormAction {
        let profile = try await context.profile(of: person)
        var form = try await filled(request, profile, person, context)
        form.take(body)
        let page = page(request, profile, context)
        return FormAction(
            stale: { context.stale(request, form, page) },
            perform: { sent in
                let change = try await change(&form, sent, request, person)
                // The cached data of the person may be out of date now.
                context.sessions.forget(person.person)
                switch change {
                case .done: return context.redirect(to: request.link.account + "?done=\(part.rawValue)")
                case .renewed(let session):
                    return context.begin(session, request, to: request.link.account + "?done=\(part.rawValue)")
                case .refused: return context.form(request, form, page)
                case .wait(let seconds): return context.wait(request, form, page, seconds: seconds)
                case .busy: return context.busy(request, form, page)
                }
            }
        )
    }

    private func page(_ request: PageRequest, _ profile: Profile, _ context: AccountPageContext) -> FormPage {
        var page = context.accountPage(part, request)
        adjust?(&page, request, profile)
        return page
    }
}

extension AccountPageContext {
    /// The profile that a person's pages show.
    ///
    /// - Throws: `Problem.notFound` when the account no longer exists.
    func profile(of person: SignedIn) async throws -> Profile {
        guard let profile = try await accounts.readProfile(of: person.person) else { throw Problem.notFound }
        return profile
    }

    /// The frame of an account page, with the texts of its part.
    func accountPage(_ part: Link.AccountPart, _ request: PageRequest) -> FormPage {
        let words = words(request)
        let title = words["\(part.key)_title"]
        return FormPage(
            title: title,
            lead: words.texts["\(part.key)_lead"].map { [$0] } ?? [],
            submit: words.texts["\(part.key)_submit"] ?? words["form_save"],
            links: [(request.link.account, words["form_back_to_account"])],
            breadcrumbs: accountSteps(request, title)
        )
    }

    /// The breadcrumbs of an account page.
    func accountSteps(_ request: PageRequest, _ title: String) -> [LabelLink] {
        let words = words(request)
        return [
            LabelLink(href: request.link.home, label: words["home"]),
            LabelLink(href: request.link.account, label: words["account_mine"]), LabelLink(label: title),
        ]
    }
}

extension AccountFormPage.Change {
    /// Converts the result of a password proof, recording a fault at its field; nil when the proof succeeded.
    static func refusal(_ proof: ProofOutcome, _ form: inout Form, _ words: Strings) -> Self? {
        switch proof {
        case .proved: return nil
        case .wrong:
            form.fail("current", words["password_wrong"])
            return .refused
        case .wrongCode:
            form.fail("code", words["login_code_wrong"])
            return .refused
        case .needsFreshSignIn:
            if form.fields.contains(where: { $0.name == "current" }) {
                form.fail("current", words["password_missing"])
            } else if form.fields.contains(where: { $0.name == "code" }) {
                form.fail("code", words["login_code_missing"])
            } else {
                form.fail(words["account_fresh_sign_in"])
            }
            return .refused
        case .wait(let seconds): return .wait(seconds: seconds)
        case .busy: return .busy
        }
    }
}
