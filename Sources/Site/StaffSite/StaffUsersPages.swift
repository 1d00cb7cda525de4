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
    let desk: StaffPageContext

    func add(to routes: StaffRoutes) {
        routes.get("/users", .manageStaff, show)
        routes.post("/users", .manageStaff, invite)
        // The search term may be an e-mail address, so send it in a form body, which is not kept in logs or browser history.
        routes.post("/users/find", .manageStaff, find)
        routes.get("/users/find", .manageStaff) { visit, _ in desk.redirect(to: visit.link.staffUsers) }
        routes.get("/users/:id", .manageStaff, showPerson)
        routes.post("/users/:id", .manageStaff, changeRole)
    }

    @Sendable private func show(_ visit: PageRequest, _ person: SignedIn) async throws -> Response {
        let words = desk.words(visit)
        var page = try await page(visit, person)
        page.done = visit.query("done") == "invited" ? words["staff_invited"] : nil
        return desk.form(visit, try await form(visit, person), page)
    }

    @Sendable private func find(_ visit: PageRequest, _ person: SignedIn, _ body: FormBody) async throws -> FormAction {
        let form = try await form(visit, person)
        return FormAction(
            stale: { desk.stale(visit, form, try await page(visit, person)) },
            perform: { sent in
                let page = try await page(visit, person, matching: sent.body.trimmed("q") ?? "")
                return desk.form(visit, form, page)
            }
        )
    }

    @Sendable private func invite(_ visit: PageRequest, _ person: SignedIn, _ body: FormBody) async throws -> FormAction
    {
        let words = desk.words(visit)
        var form = try await form(visit, person)
        form.take(body)
        let page = try await page(visit, person)
        return FormAction(
            stale: { desk.stale(visit, form, page) },
            perform: { sent in
                guard let email = form.email("email", words), let role = Role(rawValue: form["role"]), role.isStaff
                else {
                    return desk.form(visit, form, page)
                }
                if let refusal = try await desk.site.gate?.rightsRefusal(visit, person, sent.body, form, page) {
                    return refusal
                }
                let outcome = try await desk.accounts.inviteStaff(
                    email,
                    role: role,
                    language: visit.language,
                    by: person
                )
                switch outcome {
                case .invited: return desk.redirect(to: visit.link.staffUsers + "?done=invited")
                case .alreadyRegistered(let id):
                    return desk.redirect(to: visit.link.staffUser(id.description) + "?done=known")
                case .wait(let seconds): return desk.wait(visit, form, page, seconds: seconds)
                case .needsProof:
                    return desk.site.gate?.demandFreshSignIn(visit, form, page) ?? desk.form(visit, form, page)
                }
            }
        )
    }

    @Sendable private func showPerson(_ visit: PageRequest, _ person: SignedIn) async throws -> Response {
        let (profile, page) = try await personPage(visit, person)
        return desk.form(visit, try await roleForm(visit, profile, person), page)
    }

    @Sendable private func changeRole(
        _ visit: PageRequest,
        _ person: SignedIn,
        _ body: FormBody
    ) async throws -> FormAction {
        let words = desk.words(visit)
        let (profile, page) = try await personPage(visit, person)
        var form = try await roleForm(visit, profile, person)
        form.take(body)
        return FormAction(
            stale: { desk.stale(visit, form, page) },
            perform: { sent in
                guard let role = Role(rawValue: form["role"]) else { return desk.form(visit, form, page) }
                if let refusal = try await desk.site.gate?.rightsRefusal(visit, person, sent.body, form, page) {
                    return refusal
                }
                switch try await desk.accounts.changeRole(of: profile.person.id, to: role, by: person) {
                case .changed:
                    desk.site.sessions.forget(profile.person.id)
                    return desk.redirect(to: visit.link.staffUser(profile.person.id.description) + "?done=role")
                case .lastAdministrator:
                    form.fail("role", words["staff_role_refused"])
                    return desk.form(visit, form, page)
                case .needsProof:
                    return desk.site.gate?.demandFreshSignIn(visit, form, page) ?? desk.form(visit, form, page)
                }
            }
        )
    }

    private func personPage(_ visit: PageRequest, _ person: SignedIn) async throws -> (Profile, FormPage) {
        let words = desk.words(visit)
        guard let number = Int64(visit.parameter("id")),
            let profile = try await desk.accounts.lookUpPeople.person(PersonID(rawValue: number), by: person)
        else { throw Problem.notFound }
        var page = FormPage(
            title: profile.person.name.text,
            submit: words["form_save"],
            links: [(visit.link.staffUsers, words["staff_users_title"])],
            breadcrumbs: StaffBreadcrumbs.steps(
                visit,
                words,
                profile.person.name.text,
                parent: (visit.link.staffUsers, words["staff_users_title"])
            )
        )
        page.done = visit.query("done").flatMap { words.texts["staff_done_\($0)"] }
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

    private func page(_ visit: PageRequest, _ person: SignedIn, matching question: String = "") async throws -> FormPage
    {
        let words = desk.words(visit)
        let found = try await desk.accounts.lookUpPeople.matching(question, by: person)
        let people = found.map { found in
            StaffList.Person(
                href: visit.link.staffUser(found.id.description),
                name: found.name.text,
                role: words["role_\(found.role.rawValue)"],
                email: found.email.text,
                factor: words[found.hasSecondFactor ? "staff_factor_on" : "staff_factor_off"]
            )
        }
        var page = FormPage(
            title: words["staff_users_title"],
            submit: words["staff_invite_submit"],
            action: visit.link.staffUsers,
            breadcrumbs: StaffBreadcrumbs.steps(visit, words, words["staff_users_title"])
        )
        page.body = StaffList(question: question, findAction: visit.link.staffUsers + "/find", people: people)
        return page
    }

    private func form(_ visit: PageRequest, _ person: SignedIn) async throws -> Form {
        let words = desk.words(visit)
        var email = FormField.email("email", words["register_email"])
        email.autocomplete = "off"
        let role = options(words).filter { $0.value != "citizen" }
        return Form(
            [email, .choice("role", words["staff_role"], role, value: "operator")]
                + (try await desk.site.gate?.rightsProof(visit, person) ?? [])
        )
    }

    // A person's IIN is not verified: anyone can enter another's number.
    private func iin(_ profile: Profile, _ words: Strings) -> String {
        guard let masked = profile.iin?.masked else { return words["account_none"] }
        return profile.isIINVerified ? masked : words.text("staff_iin_unverified", ["iin": masked])
    }

    private func roleForm(_ visit: PageRequest, _ profile: Profile, _ person: SignedIn) async throws -> Form {
        let words = desk.words(visit)
        let role = FormField.choice(
            "role",
            words["staff_role"],
            options(words),
            value: profile.person.role.rawValue
        )
        return Form([role] + (try await desk.site.gate?.rightsProof(visit, person) ?? []))
    }

    private func options(_ words: Strings) -> [FormField.Option] {
        Role.allCases.map { role in
            FormField.Option(role.rawValue, words["role_\(role.rawValue)"], hint: words["role_\(role.rawValue)_hint"])
        }
    }
}
