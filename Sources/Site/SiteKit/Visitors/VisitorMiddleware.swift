package import Hummingbird
import Logging

/// Identifies the visitor for pages; never for tiles, files and API calls.
package struct VisitorMiddleware: RouterMiddleware {
    /// The sessions, cached for a short time.
    package let sessions: SessionCache
    /// How clients are connected.
    package let connection: ClientConnection

    /// Determines the visitor of a request.
    package func handle(
        _ request: Request,
        context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        guard context.route.knowsVisitor else { return try await next(request, context) }
        var context = context
        context.visitor = await visitor(request, context)
        return try await next(request, context)
    }

    private func visitor(_ request: Request, _ context: PortalContext) async -> Visitor {
        let isSecure = connection.isSecure(request)
        let cookies = PortalCookies(request, isSecure: isSecure)
        let client = connection.client(request, peer: context.peer)
        var visitor = Visitor(
            session: cookies.session,
            formKey: cookies.form,
            deviceMark: cookies.device,
            step: cookies.step,
            identity: cookies.identity,
            draftTicket: cookies.draft,
            typed: cookies.typed,
            client: client,
            address: client?.subscriber ?? "unknown",
            isSecure: isSecure,
            userAgent: request.headers[.userAgent]
        )
        guard let token = visitor.session else { return visitor }
        do {
            visitor.person = try await sessions.person(for: token)
        } catch {
            // Treat the visitor as signed out, so that pages stay readable while the database is unavailable.
            context.logger.error("Session not looked up", metadata: ["error": "\(error)"])
        }
        return visitor
    }
}
