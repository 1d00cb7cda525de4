import Accounts
import Civic
import Hummingbird
import SiteKit

/// The overview of one's own account, with a link to change each item.
struct AccountPage {
    let desk: AccountPageContext

    func add(to routes: PageRoutes) { routes.get("/account", desk.signedIn(show)) }

    @Sendable private func show(_ visit: PageRequest, _ person: SignedIn) async throws -> Response {
        let words = desk.words(visit)
        let profile = try await desk.profile(of: person)
        let sessions = try await desk.accounts.manageSessions.list(of: person.person).count
        var context: PageContext = [
            "title": words["account_mine"], "heading": words["account_mine"],
            "description": words["account_description"], "name": profile.person.name.text,
            "logout_action": visit.link.logout,
            "groups": [
                group("account_group_person", personal(visit, profile, words), words),
                group("account_group_safety", safety(visit, profile, sessions, words), words),
                group("account_group_data", data(visit, profile, words), words),
            ],
        ]
        context["done"] = visit.query("done").flatMap { words.texts["account_done_\($0.replacing("-", with: "_"))"] }
        context["due"] = person.mustSetUpSecondFactor ? words["second_factor_due"] : nil
        context["due_href"] = visit.link.account(.secondFactor)
        if person.role.isStaff {
            context["role"] = words.text("account_role", ["role": words["role_\(person.role.rawValue)"]])
        }
        let staffPages = desk.site.staffPages.filter { person.may($0.permission) }
        context["staff_links"] = staffPages.map { page -> PageContext in
            ["href": page.path(visit.language), "label": words[page.label]]
        }
        context["is_staff"] = !staffPages.isEmpty
        return desk.page("account/overview", context, for: visit)
    }

    private func group(_ key: String, _ rows: [PageContext], _ words: Strings) -> PageContext {
        ["label": words[key], "id": key.replacing("_", with: "-"), "rows": rows]
    }

    private func row(
        _ part: Link.AccountPart,
        _ value: String,
        _ visit: PageRequest,
        note: String? = nil,
        action: String = "account_change"
    ) -> PageContext {
        let words = desk.words(visit)
        var row: PageContext = [
            "label": words["\(part.key)_label"], "value": value, "href": visit.link.account(part),
            "action": words[action],
        ]
        row["note"] = note
        return row
    }

    private func personal(_ visit: PageRequest, _ profile: Profile, _ words: Strings) -> [PageContext] {
        let person = profile.person
        let none = words["account_none"]
        let waiting = profile.pendingEmail.map { words.text("account_email_pending", ["email": $0.email.masked]) }
        return [
            row(.name, person.name.text, visit), row(.username, person.username.text, visit),
            row(.email, person.email.text, visit, note: waiting),
            row(.phone, profile.phone?.text ?? none, visit), row(.iin, profile.iin?.masked ?? none, visit),
            row(.language, Self.languages[person.language] ?? "", visit),
        ]
    }

    private func safety(_ visit: PageRequest, _ profile: Profile, _ sessions: Int, _ words: Strings) -> [PageContext] {
        let person = profile.person
        var rows = [
            row(.password, words[person.hasPassword ? "account_password_set" : "account_password_unset"], visit),
            row(.secondFactor, words[person.hasSecondFactor ? "account_on" : "account_off"], visit),
            row(.sessions, words.count("account_sessions_count", sessions), visit, action: "account_look"),
        ]
        if !desk.providers.isEmpty || !profile.identities.isEmpty {
            let names = profile.identities.map { desk.providers.label(of: $0.provider) }
            let value = names.isEmpty ? words["account_identities_unset"] : names.joined(separator: ", ")
            rows.append(row(.identities, value, visit))
        }
        return rows
    }

    private func data(_ visit: PageRequest, _ profile: Profile, _ words: Strings) -> [PageContext] {
        let choices = profile.person.notifications
        let wanted = [
            choices.appeals ? words["account_notifications_appeals_short"] : nil,
            choices.news ? words["account_notifications_news_short"] : nil,
        ].compactMap { $0 }
        return [
            row(
                .notifications,
                wanted.isEmpty ? words["account_notifications_none"] : wanted.joined(separator: "; "),
                visit
            ),
            row(
                .consents,
                words.count("account_consents_count", profile.consents.count),
                visit,
                action: "account_look"
            ),
            row(.data, words["account_data_value"], visit, action: "account_take"),
            row(.erasure, words["account_delete_value"], visit, action: "account_look"),
        ]
    }

    private static let languages: [Language: String] = [.kk: "Қазақша", .ru: "Русский", .en: "English"]
}
