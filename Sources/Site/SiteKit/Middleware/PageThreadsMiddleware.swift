import Hummingbird

/// Renders pages off the event loops; tiles, files and the API, whose answers are quick to make, stay on them.
struct PageThreadsMiddleware: RouterMiddleware {
    private let threads = PageThreads(count: Processors.available)

    func handle(
        _ request: Request,
        context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        guard context.route.isSlow else { return try await next(request, context) }
        return try await withTaskExecutorPreference(threads) { try await next(request, context) }
    }
}
