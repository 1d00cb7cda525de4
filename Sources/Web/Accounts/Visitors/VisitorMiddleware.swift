import Accounts
import Hummingbird
import Logging

/// Finds out who asks, for pages and for those calls of the API that depend on it; never for tiles and files.
struct VisitorMiddleware: RouterMiddleware {
    let sessions: SessionCache
    let connection: ClientConnection

    func handle(
        _ request: Request,
        context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        guard Self.dependsOnVisitor(request.uri.path) else { return try await next(request, context) }
        var context = context
        context.visitor = await visitor(request, context)
        return try await next(request, context)
    }

    private static let personal = ["/kk", "/ru", "/en", "/auth/", "/language/", "/dev/", "/api/docs"]

    static func dependsOnVisitor(_ path: String) -> Bool { personal.contains { path.hasPrefix($0) } }

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
            // Who cannot be known is nobody: pages stay readable while the database is in trouble.
            context.logger.error("Session not looked up", metadata: ["error": "\(error)"])
        }
        return visitor
    }
}
