import Hummingbird

/// Lets requests that came in together be answered first and written then.
///
/// The loop works off everything that is ready before it comes back to a task that pauses. The code and the memory of
/// each step are then still in the cache for the next request, and a client with several connections is woken once.
struct StepsMiddleware: RouterMiddleware {
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
