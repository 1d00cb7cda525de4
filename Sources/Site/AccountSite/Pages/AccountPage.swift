import Accounts
import Civic
import Hummingbird
import SiteKit

/// The overview of one's own account: what is known, with a link to change each item.
struct AccountOverview: FramedPage {
    struct Row: Codable, Sendable {
        let label: String
        let value: String
        let note: String?
        let href: String
        let action: String
    }

    struct Group: Codable, Sendable {
        let id: String
        let label: String
        let rows: [Row]
    }

    static let template = "account/overview"

    let name: String
    let role: String?
    let logoutAction: String
    /// What the person must do first.
    let due: String?
    let dueHref: String
    let staffLinks: [LabelLink]
    let groups: [Group]
}

/// The page with the overview of one's own account.
struct AccountPage {
    let context: AccountPageContext

    func add(to routes: PageRoutes) { routes.get("/account", context.signedIn(show)) }

    @Sendable private func show(_ request: PageRequest, _ person: SignedIn) async throws -> Response {
        let words = context.words(request)
        let profile = try await context.profile(of: person)
        let sessions = try await context.accounts.manageSessions.list(of: person.person).count
        let role = words.text("account_role", ["role": words["role_\(person.role.rawValue)"]])
        let overview = AccountOverview(
            name: profile.person.name.text,
            role: person.role.isStaff ? role : nil,
            logoutAction: request.link.logout,
            due: person.mustSetUpSecondFactor ? words["second_factor_due"] : nil,
            dueHref: request.link.account(.secondFactor),
            staffLinks: context.site.staffPages.filter { person.may($0.permission) }.map { page in
                LabelLink(href: page.path(request.language), label: words[page.label])
            },
            groups: [
                group("account_group_person", personal(request, profile, words), words),
                group("account_group_safety", safety(request, profile, sessions, words), words),
                group("account_group_data", data(request, profile, words), words),
            ]
        )
        var frame = FormFrame(title: words["account_mine"], description: words["account_description"])
        frame.done = request.query("done").flatMap { words.texts["account_done_\($0.replacing("-", with: "_"))"] }
        return context.page(overview, in: frame, for: request)
    }

    private func group(_ key: String, _ rows: [AccountOverview.Row], _ words: Strings) -> AccountOverview.Group {
        .init(id: key.replacing("_", with: "-"), label: words[key], rows: rows)
    }

    private func row(
        _ part: Link.AccountPart,
        _ value: String,
        _ request: PageRequest,
        note: String? = nil,
        action: String = "account_change"
    ) -> AccountOverview.Row {
        let words = context.words(request)
        return .init(
            label: words["\(part.key)_label"],
            value: value,
            note: note,
            href: request.link.account(part),
            action: words[action]
        )
    }

    private func personal(_ request: PageRequest, _ profile: Profile, _ words: Strings) -> [AccountOverview.Row] {
        let person = profile.person
        let none = words["account_none"]
        let waiting = profile.pendingEmail.map { words.text("account_email_pending", ["email": $0.email.masked]) }
        return [
            row(.name, person.name.text, request), row(.username, person.username.text, request),
            row(.email, person.email.text, request, note: waiting),
            row(.phone, profile.phone?.text ?? none, request), row(.iin, profile.iin?.masked ?? none, request),
            row(.language, Self.languages[person.language] ?? "", request),
        ]
    }

    private func safety(
        _ request: PageRequest,
        _ profile: Profile,
        _ sessions: Int,
        _ words: Strings
    ) -> [AccountOverview.Row] {
        let person = profile.person
        var rows = [
            row(.password, words[person.hasPassword ? "account_password_set" : "account_password_unset"], request),
            row(.secondFactor, words[person.hasSecondFactor ? "account_on" : "account_off"], request),
            row(.sessions, words.count("account_sessions_count", sessions), request, action: "account_look"),
        ]
        if !context.providers.isEmpty || !profile.identities.isEmpty {
            let names = profile.identities.map { context.providers.label(of: $0.provider) }
            let value = names.isEmpty ? words["account_identities_unset"] : names.joined(separator: ", ")
            rows.append(row(.identities, value, request))
        }
        return rows
    }

    private func data(_ request: PageRequest, _ profile: Profile, _ words: Strings) -> [AccountOverview.Row] {
        let choices = profile.person.notifications
        let wanted = [
            choices.appeals ? words["account_notifications_appeals_short"] : nil,
            choices.news ? words["account_notifications_news_short"] : nil,
        ].compactMap { $0 }
        return [
            row(
                .notifications,
                wanted.isEmpty ? words["account_notifications_none"] : wanted.joined(separator: "; "),
                request
            ),
            row(
                .consents,
                words.count("account_consents_count", profile.consents.count),
                request,
                action: "account_look"
            ),
            row(.data, words["account_data_value"], request, action: "account_take"),
            row(.erasure, words["account_delete_value"], request, action: "account_look"),
        ]
    }

    private static let languages: [Language: String] = [.kk: "Қазақша", .ru: "Русский", .en: "English"]
}
