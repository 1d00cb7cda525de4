import Accounts
import Foundation
import Gazetteer
import HTTPTypes
import Hummingbird

/// What a person agreed to, a copy of everything that is kept of them, and the end of the account.
struct DataPages {
    let desk: AccountDesk

    func add(to routes: PageRoutes) {
        routes.get("/account/consents", desk.signedIn(consents))
        routes.get("/account/data", desk.signedIn(showExport))
        routes.post("/account/data", desk.signedIn(export))
        routes.get("/account/delete", desk.signedIn(showErasure))
        routes.post("/account/delete", desk.signedIn(erase))
        routes.get("/erased", erased)
    }

    @Sendable private func consents(_ visit: Visit, _ person: SignedIn) async throws -> Response {
        let words = desk.words(visit)
        let items = try await desk.profile(of: person).consents.map { consent in
            var item: PageContext = [
                "subject": words["consent_\(consent.subject.rawValue)"],
                "given": words.text("consent_given", ["time": words.moment(consent.given)]),
            ]
            if consent.subject == .agreement {
                item["version"] = words.text("consent_version", ["version": consent.version.rawValue])
                item["href"] = visit.link.agreement + "/" + Link.encode(consent.version.rawValue)
            }
            item["withdrawn"] = consent.withdrawn.map {
                words.text("consent_withdrawn", ["time": words.moment($0)])
            }
            return item
        }
        var page = desk.accountPage(.consents, visit)
        page.template = "account/consents"
        page.links.insert((visit.link.account(.erasure), words["account_consents_withdraw"]), at: 0)
        page.more = ["consents": items]
        return desk.form(visit, Form([]), page)
    }

    @Sendable private func showExport(_ visit: Visit, _ person: SignedIn) async throws -> Response {
        desk.form(visit, Form(try await desk.proof(visit, person)), exportPage(visit))
    }

    @Sendable private func export(_ visit: Visit, _ person: SignedIn) async throws -> Response {
        let sent = try await desk.read(visit)
        let (form, page) = (Form(try await desk.proof(visit, person)), exportPage(visit))
        guard sent.isOurs else { return desk.stale(visit, form, page) }
        let outcome = try await desk.accounts.export(
            of: person,
            password: sent.body.value("current"),
            from: visit.visitor.from
        )
        let data: Data
        switch outcome {
        case .exported(let copy): data = copy
        case .refused(let proof): return desk.refusal(visit, proof, form, page) ?? desk.form(visit, form, page)
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/json; charset=utf-8", .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"open-almaty.json\"",
            ],
            body: .init(byteBuffer: .init(bytes: data))
        )
    }

    private func exportPage(_ visit: Visit) -> FormPage {
        var page = desk.accountPage(.data, visit)
        // The answer is a file: the page stays, and so must its button.
        page.more["repeatable"] = true
        return page
    }

    @Sendable private func showErasure(_ visit: Visit, _ person: SignedIn) async throws -> Response {
        let form = try await erasureForm(visit, person)
        return desk.form(visit, form, try await erasurePage(visit, person))
    }

    @Sendable private func erase(_ visit: Visit, _ person: SignedIn) async throws -> Response {
        let words = desk.words(visit)
        let sent = try await desk.read(visit)
        var form = try await erasureForm(visit, person)
        form.take(sent.body)
        let page = try await erasurePage(visit, person)
        guard sent.isOurs else { return desk.stale(visit, form, page) }
        if form["sure"].isEmpty { form.fail("sure", words["account_delete_sure_missing"]) }
        guard !form.hasFaults else { return desk.form(visit, form, page) }
        let outcome = try await desk.accounts.erase(
            person,
            password: sent.body.value("current"),
            from: visit.visitor.from
        )
        switch outcome {
        case .erased: return ended(visit, person)
        case .lastAdministrator:
            form.fail(words["account_delete_last_admin"])
            return desk.form(visit, form, page)
        case .refused(let proof):
            return desk.refusal(visit, proof, form, page) ?? desk.form(visit, form, page)
        }
    }

    private func ended(_ visit: Visit, _ person: SignedIn) -> Response {
        desk.sessions.forget(person.person)
        var response = desk.redirect(to: visit.link.erased)
        for name in [PortalCookies.Name.session, .device, .step] {
            response.setCookie(PortalCookies.make(name, "", lasts: 0, isSecure: visit.visitor.isSecure))
        }
        return response
    }

    @Sendable private func erased(_ visit: Visit) async throws -> Response {
        let words = desk.words(visit)
        return desk.notice(
            visit,
            title: words["account_delete_done_title"],
            [words["account_delete_done"]],
            links: [(visit.link.home, words["to_home"])]
        )
    }

    private func erasureForm(_ visit: Visit, _ person: SignedIn) async throws -> Form {
        let words = desk.words(visit)
        let sure = FormField.box("sure", words["account_delete_sure"], isRequired: true)
        return Form([sure] + (try await desk.proof(visit, person)))
    }

    private func erasurePage(_ visit: Visit, _ person: SignedIn) async throws -> FormPage {
        let words = desk.words(visit)
        guard let preview = try await desk.accounts.erasurePreview(of: person.person) else { throw Problem.notFound }
        let erased: [PageContext] = preview.erased.map { item in
            ["text": words["erasure_\(item.subject)"], "count": words.number(item.count)]
        }
        let kept: [PageContext] = preview.kept.map { item in
            [
                "text": words["erasure_\(item.subject)"], "count": words.number(item.count),
                "reason": words["erasure_reason_\(item.reason)"],
            ]
        }
        var page = desk.accountPage(.erasure, visit)
        page.isGrave = true
        page.template = "account/erasure"
        page.more = ["erased": erased, "kept": kept, "has_kept": !kept.isEmpty]
        return page
    }
}
