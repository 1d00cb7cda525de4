import Hummingbird

/// Lets requests that arrived together be handled first and their responses be written afterwards.
///
/// The event loop runs everything that is ready before it resumes a task that yields. Each step then finds its code and
/// memory still in the cache for the next request, and a client with several connections is woken only once.
struct YieldBeforeResponse: RouterMiddleware {
    func handle(
        _ request: Request,
        context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        let response = try await next(request, context)
        await Task.yield()
        return response
    }
}
