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
    func add(to routes: PageRoutes, _ desk: AccountPageContext) {
        let path = RouterPath("/account/\(part.rawValue)")
        routes.get(path, desk.signedIn { visit, person in try await show(visit, person, desk) })
        routes.post(path, desk.signedIn { visit, person, body in try await take(visit, person, body, desk) })
    }

    private func show(_ visit: PageRequest, _ person: SignedIn, _ desk: AccountPageContext) async throws -> Response {
        let profile = try await desk.profile(of: person)
        let form = try await filled(visit, profile, person, desk)
        return desk.form(visit, form, page(visit, profile, desk))
    }

    private func filled(
        _ visit: PageRequest,
        _ profile: Profile,
        _ person: SignedIn,
        _ desk: AccountPageContext
    ) async throws -> Form {
        var form = form(profile, desk.words(visit))
        if needsProof { for field in try await desk.lateProof(visit, person) { form.add(field) } }
        return form
    }

    private func take(
        _ visit: PageRequest,
        _ person: SignedIn,
        _ body: FormBody,
        _ desk: AccountPageContext
    ) async throws -> FormAction {
        let profile = try await desk.profile(of: person)
        var form = try await filled(visit, profile, person, desk)
        form.take(body)
        let page = page(visit, profile, desk)
        return FormAction(
            stale: { desk.stale(visit, form, page) },
            perform: { sent in
                let change = try await change(&form, sent, visit, person)
                // The cached data of the person may be out of date now.
                desk.sessions.forget(person.person)
                switch change {
                case .done: return desk.redirect(to: visit.link.account + "?done=\(part.rawValue)")
                case .renewed(let session):
                    return desk.begin(session, visit, to: visit.link.account + "?done=\(part.rawValue)")
                case .refused: return desk.form(visit, form, page)
                case .wait(let seconds): return desk.wait(visit, form, page, seconds: seconds)
                case .busy: return desk.busy(visit, form, page)
                }
            }
        )
    }

    private func page(_ visit: PageRequest, _ profile: Profile, _ desk: AccountPageContext) -> FormPage {
        var page = desk.accountPage(part, visit)
        adjust?(&page, visit, profile)
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
    func accountPage(_ part: Link.AccountPart, _ visit: PageRequest) -> FormPage {
        let words = words(visit)
        let title = words["\(part.key)_title"]
        return FormPage(
            title: title,
            lead: words.texts["\(part.key)_lead"].map { [$0] } ?? [],
            submit: words.texts["\(part.key)_submit"] ?? words["form_save"],
            links: [(visit.link.account, words["form_back_to_account"])],
            breadcrumbs: accountSteps(visit, title)
        )
    }

    /// The breadcrumbs of an account page.
    func accountSteps(_ visit: PageRequest, _ title: String) -> [LabelLink] {
        let words = words(visit)
        return [
            LabelLink(href: visit.link.home, label: words["home"]),
            LabelLink(href: visit.link.account, label: words["account_mine"]), LabelLink(label: title),
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
