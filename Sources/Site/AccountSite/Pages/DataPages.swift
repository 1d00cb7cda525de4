import Accounts
import Civic
import Foundation
import HTTPTypes
import Hummingbird
import SiteKit

/// The consents of a person as a list.
struct ConsentList: FramedPage {
    struct Item: Codable, Sendable {
        let subject: String
        let given: String
        var version: String?
        var href: String?
        let withdrawn: String?
    }

    static let template = "account/consents"

    let consents: [Item]
}

/// The consents of a person, and a copy of all data kept about them.
struct DataPages {
    let desk: AccountPageContext

    func add(to routes: PageRoutes) {
        routes.get("/account/consents", desk.signedIn(consents))
        routes.get("/account/data", desk.signedIn(showExport))
        routes.post("/account/data", desk.signedIn(export))
    }

    @Sendable private func consents(_ visit: PageRequest, _ person: SignedIn) async throws -> Response {
        let words = desk.words(visit)
        let items = try await desk.profile(of: person).consents.map { consent in
            var item = ConsentList.Item(
                subject: words["consent_\(consent.subject.rawValue)"],
                given: words.text("consent_given", ["time": words.moment(consent.given)]),
                withdrawn: consent.withdrawn.map { words.text("consent_withdrawn", ["time": words.moment($0)]) }
            )
            if consent.subject == .agreement {
                item.version = words.text("consent_version", ["version": consent.version.rawValue])
                item.href = visit.link.agreement + "/" + Link.encode(consent.version.rawValue)
            }
            return item
        }
        var page = desk.accountPage(.consents, visit)
        page.links.insert((visit.link.account(.erasure), words["account_consents_withdraw"]), at: 0)
        page.body = ConsentList(consents: items)
        return desk.form(visit, Form([]), page)
    }

    @Sendable private func showExport(_ visit: PageRequest, _ person: SignedIn) async throws -> Response {
        desk.form(visit, Form(try await desk.proof(visit, person)), exportPage(visit))
    }

    @Sendable private func export(_ visit: PageRequest, _ person: SignedIn, _ body: FormBody) async throws -> FormAction
    {
        let (form, page) = (Form(try await desk.proof(visit, person)), exportPage(visit))
        return FormAction(
            stale: { desk.stale(visit, form, page) },
            perform: { sent in
                let outcome = try await desk.accounts.exportPersonalData(
                    of: person,
                    password: sent.body.value("current"),
                    from: visit.visitor.from,
                    participants: desk.site.personalData
                )
                let data: Data
                switch outcome {
                case .exported(let copy): data = copy
                case .refused(let proof): return desk.refusal(visit, proof, form, page) ?? desk.form(visit, form, page)
                }
                return Response(
                    status: .ok,
                    headers: [
                        .contentType: "application/json; charset=utf-8",
                        .contentDisposition: "attachment; filename=\"open-almaty.json\"",
                    ],
                    body: .init(byteBuffer: .init(bytes: data))
                )
            }
        )
    }

    private func exportPage(_ visit: PageRequest) -> FormPage {
        var page = desk.accountPage(.data, visit)
        // The response is a download: the page stays open, so its button must remain usable.
        page.isRepeatable = true
        return page
    }
}
