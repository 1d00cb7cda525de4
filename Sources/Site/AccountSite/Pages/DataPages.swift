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
    let context: AccountPageContext

    func add(to routes: PageRoutes) {
        routes.get("/account/consents", context.signedIn(consents))
        routes.get("/account/data", context.signedIn(showExport))
        routes.post("/account/data", context.signedIn(export))
    }

    @Sendable private func consents(_ request: PageRequest, _ person: SignedIn) async throws -> Response {
        let words = context.words(request)
        let items = try await context.profile(of: person).consents.map { consent in
            var item = ConsentList.Item(
                subject: words["consent_\(consent.subject.rawValue)"],
                given: words.text("consent_given", ["time": words.moment(consent.given)]),
                withdrawn: consent.withdrawn.map { words.text("consent_withdrawn", ["time": words.moment($0)]) }
            )
            if consent.subject == .agreement {
                item.version = words.text("consent_version", ["version": consent.version.rawValue])
                item.href = request.link.agreement + "/" + Link.encode(consent.version.rawValue)
            }
            return item
        }
        var page = context.accountPage(.consents, request)
        page.links.insert((request.link.account(.erasure), words["account_consents_withdraw"]), at: 0)
        page.body = ConsentList(consents: items)
        return context.form(request, Form([]), page)
    }

    @Sendable private func showExport(_ request: PageRequest, _ person: SignedIn) async throws -> Response {
        context.form(request, Form(try await context.proof(request, person)), exportPage(request))
    }

    @Sendable private func export(
        _ request: PageRequest,
        _ person: SignedIn,
        _ body: FormBody
    ) async throws -> FormAction {
        let (form, page) = (Form(try await context.proof(request, person)), exportPage(request))
        return FormAction(
            stale: { context.stale(request, form, page) },
            perform: { sent in
                let outcome = try await context.accounts.exportPersonalData(
                    of: person,
                    password: sent.body.value("current"),
                    from: request.visitor.from,
                    participants: context.site.personalData
                )
                let data: Data
                switch outcome {
                case .exported(let copy): data = copy
                case .refused(let proof):
                    return context.refusal(request, proof, form, page) ?? context.form(request, form, page)
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

    private func exportPage(_ request: PageRequest) -> FormPage {
        var page = context.accountPage(.data, request)
        // The response is a download: the page stays open, so its button must remain usable.
        page.isRepeatable = true
        return page
    }
}
