import Accounts
import Civic
import Foundation
import HTTPTypes
import Hummingbird
import SiteKit

/// What the account pages share: the site, use cases, captcha, providers.
struct AccountPageContext: PageResponder {
    let site: SiteEnvironment
    let accounts: AccountUseCases
    let captcha: CaptchaGate
    let providers: ProviderList
    /// Whether mails are written to a folder that the development page shows.
    let showsMail: Bool

    var pages: PageRenderer { site.pages }
    var sessions: SessionCache { site.sessions }
    var portalOperator: PortalOperator { site.portalOperator }

    /// Begins a session in this browser and redirects to a page.
    func begin(_ session: StartedSession, _ request: PageRequest, to address: String) -> Response {
        var response = redirect(to: address)
        keep(session, request, in: &response)
        return response
    }

    /// Stores a session in the browser's cookies.
    func keep(_ session: StartedSession, _ request: PageRequest, in response: inout Response) {
        let isSecure = request.visitor.isSecure
        // The browser's earlier session loses its cookie here.
        if let earlier = request.visitor.session { sessions.forget(earlier) }
        // The store decides when the session ends, and extends it with use; the cookie lasts for the longest possible
        // session.
        let seconds = accounts.settings.sessionLifetime.components.seconds
        let device = accounts.settings.deviceMarkLifetime.components.seconds
        response.setCookie(
            PortalCookies.make(.session, session.token.text, lasts: Int(seconds), isSecure: isSecure)
        )
        response.setCookie(
            PortalCookies.make(.device, session.deviceMark, lasts: Int(device), isSecure: isSecure)
        )
        if request.request.cookies[LanguageChoice.cookie] == nil {
            response.setCookie(PortalCookies.language(session.language, isSecure: isSecure))
        }
    }

    /// Stores a ticket in the browser.
    func keep(
        _ ticket: String,
        as name: PortalCookies.Name,
        lasts span: Duration,
        _ request: PageRequest,
        in response: inout Response
    ) {
        let seconds = Int(span.components.seconds)
        response.setCookie(PortalCookies.make(name, ticket, lasts: seconds, isSecure: request.visitor.isSecure))
    }

    /// Deletes cookies.
    func forget(_ names: [PortalCookies.Name], _ request: PageRequest, in response: inout Response) {
        for name in names {
            response.setCookie(PortalCookies.make(name, "", lasts: 0, isSecure: request.visitor.isSecure))
        }
    }
}

extension Visitor {
    /// Browser and system, in short.
    var device: Device { Device(userAgent: userAgent) }
}
