import Accounts
import Civic
import Hummingbird
import SiteKit

/// The people that were found, and the form for inviting one.
struct StaffList: FramedPage {
    struct Person: Codable, Sendable {
        let href: String
        let name: String
        let role: String
        let email: String
        let factor: String
    }

    static let template = "staff/users"

    let question: String
    let findAction: String
    let people: [Person]
}

/// What is known of a person, and the form for the role.
struct StaffPerson: FramedPage {
    struct Fact: Codable, Sendable {
        let label: String
        let value: String
    }

    static let template = "staff/person"

    let facts: [Fact]
}

/// The pages for managing the staff: finding people, inviting by mail, changing roles.
///
/// Every view of a person's data is recorded.
struct StaffUsersPages {
    let context: StaffPageContext

    func add(to routes: StaffRoutes) {
        routes.get("/users", .manageStaff, show)
        routes.post("/users", .manageStaff, invite)
        // The search term may be an e-mail address, so send it in a form body, which is not kept in logs or browser history.
        routes.post("/users/find", .manageStaff, find)
        routes.get("/users/find", .manageStaff) { request, _ in context.redirect(to: request.link.staffUsers) }
        routes.get("/users/:id", .manageStaff, showPerson)
        routes.post("/users/:id", .manageStaff, changeRole)
    }

    @Sendable private func show(_ request: PageRequest, _ person: SignedIn) async throws -> Response {
        let words = context.words(request)
        var page = try await page(request, person)
        page.done = request.query("done") == "invited" ? words["staff_invited"] : nil
        return context.form(request, try await form(request, person), page)
    }

    @Sendable private func find(_ request: PageRequest, _ person: SignedIn, _ body: FormBody) async throws -> FormAction
    {
        let form = try await form(request, person)
        return FormAction(
            stale: { context.stale(request, form, try await page(request, person)) },
            perform: { sent in
                let page = try await page(request, person, matching: sent.body.trimmed("q") ?? "")
                return context.form(request, form, page)
            }
        )
    }

    @Sendable private func invite(
        _ request: PageRequest,
        _ person: SignedIn,
        _ body: FormBody
    ) async throws -> FormAction {
        let words = context.words(request)
        var form = try await form(request, person)
        form.take(body)
        let page = try await page(request, person)
        return FormAction(
            stale: { context.stale(request, form, page) },
            perform: { sent in
                guard let email = form.email("email", words), let role = Role(rawValue: form["role"]), role.isStaff
                else {
                    return context.form(request, form, page)
                }
                if let refusal = try await context.site.gate?.rightsRefusal(request, person, sent.body, form, page) {
                    return refusal
                }
                let outcome = try await context.accounts.inviteStaff(
                    email,
                    role: role,
                    language: request.language,
                    by: person
                )
                switch outcome {
                case .invited: return context.redirect(to: request.link.staffUsers + "?done=invited")
                case .alreadyRegistered(let id):
                    return context.redirect(to: request.link.staffUser(id.description) + "?done=known")
                case .wait(let seconds): return context.wait(request, form, page, seconds: seconds)
                case .needsProof:
                    return context.site.gate?.demandFreshSignIn(request, form, page)
                        ?? context.form(request, form, page)
                }
            }
        )
    }

    @Sendable private func showPerson(_ request: PageRequest, _ person: SignedIn) async throws -> Response {
        let (profile, page) = try await personPage(request, person)
        return context.form(request, try await roleForm(request, profile, person), page)
    }

    @Sendable private func changeRole(
        _ request: PageRequest,
        _ person: SignedIn,
        _ body: FormBody
    ) async throws -> FormAction {
        let words = context.words(request)
        let (profile, page) = try await personPage(request, person)
        var form = try await roleForm(request, profile, person)
        form.take(body)
        return FormAction(
            stale: { context.stale(request, form, page) },
            perform: { sent in
                guard let role = Role(rawValue: form["role"]) else { return context.form(request, form, page) }
                if let refusal = try await context.site.gate?.rightsRefusal(request, person, sent.body, form, page) {
                    return refusal
                }
                switch try await context.accounts.changeRole(of: profile.person.id, to: role, by: person) {
                case .changed:
                    context.site.sessions.forget(profile.person.id)
                    return context.redirect(to: request.link.staffUser(profile.person.id.description) + "?done=role")
                case .lastAdministrator:
                    form.fail("role", words["staff_role_refused"])
                    return context.form(request, form, page)
                case .needsProof:
                    return context.site.gate?.demandFreshSignIn(request, form, page)
                        ?? context.form(request, form, page)
                }
            }
        )
    }

    private func personPage(_ request: PageRequest, _ person: SignedIn) async throws -> (Profile, FormPage) {
        let words = context.words(request)
        guard let number = Int64(request.parameter("id")),
            let profile = try await context.accounts.lookUpPeople.person(PersonID(rawValue: number), by: person)
        else { throw Problem.notFound }
        var page = FormPage(
            title: profile.person.name.text,
            submit: words["form_save"],
            links: [(request.link.staffUsers, words["staff_users_title"])],
            breadcrumbs: StaffBreadcrumbs.steps(
                request,
                words,
                profile.person.name.text,
                parent: (request.link.staffUsers, words["staff_users_title"])
            )
        )
        page.done = request.query("done").flatMap { words.texts["staff_done_\($0)"] }
        let facts = [
            ("account_email_label", profile.person.email.text),
            ("account_username_label", profile.person.username.text),
            ("account_phone_label", profile.phone?.text ?? words["account_none"]),
            ("account_iin_label", iin(profile, words)),
            ("account_second_factor_label", words[profile.person.hasSecondFactor ? "account_on" : "account_off"]),
            ("staff_since", words.day(profile.person.created)),
        ]
        page.body = StaffPerson(facts: facts.map { .init(label: words[$0.0], value: $0.1) })
        return (profile, page)
    }

    private func page(
        _ request: PageRequest,
        _ person: SignedIn,
        matching question: String = ""
    ) async throws -> FormPage {
        let words = context.words(request)
        let found = try await context.accounts.lookUpPeople.matching(question, by: person)
        let people = found.map { found in
            StaffList.Person(
                href: request.link.staffUser(found.id.description),
                name: found.name.text,
                role: words["role_\(found.role.rawValue)"],
                email: found.email.text,
                factor: words[found.hasSecondFactor ? "staff_factor_on" : "staff_factor_off"]
            )
        }
        var page = FormPage(
            title: words["staff_users_title"],
            submit: words["staff_invite_submit"],
            action: request.link.staffUsers,
            breadcrumbs: StaffBreadcrumbs.steps(request, words, words["staff_users_title"])
        )
        page.body = StaffList(question: question, findAction: request.link.staffUsers + "/find", people: people)
        return page
    }

    private func form(_ request: PageRequest, _ person: SignedIn) async throws -> Form {
        let words = context.words(request)
        var email = FormField.email("email", words["register_email"])
        email.autocomplete = "off"
        let role = options(words).filter { $0.value != "citizen" }
        return Form(
            [email, .choice("role", words["staff_role"], role, value: "operator")]
                + (try await context.site.gate?.rightsProof(request, person) ?? [])
        )
    }

    // A person's IIN is not verified: anyone can enter another's number.
    private func iin(_ profile: Profile, _ words: Strings) -> String {
        guard let masked = profile.iin?.masked else { return words["account_none"] }
        return profile.isIINVerified ? masked : words.text("staff_iin_unverified", ["iin": masked])
    }

    private func roleForm(_ request: PageRequest, _ profile: Profile, _ person: SignedIn) async throws -> Form {
        let words = context.words(request)
        let role = FormField.choice(
            "role",
            words["staff_role"],
            options(words),
            value: profile.person.role.rawValue
        )
        return Form([role] + (try await context.site.gate?.rightsProof(request, person) ?? []))
    }

    private func options(_ words: Strings) -> [FormField.Option] {
        Role.allCases.map { role in
            FormField.Option(role.rawValue, words["role_\(role.rawValue)"], hint: words["role_\(role.rawValue)_hint"])
        }
    }
}
