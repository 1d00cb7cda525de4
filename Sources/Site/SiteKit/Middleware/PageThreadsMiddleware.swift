import Hummingbird

/// Renders pages off the event loops; tiles, files, the API and finished pages, whose answers are quick to make, stay on them.
struct PageThreadsMiddleware: RouterMiddleware {
    let cache: PageCache?
    private let threads = PageThreads(count: Processors.available)

    func handle(
        _ request: Request,
        context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        guard context.route.isSlow, !isFinished(request) else { return try await next(request, context) }
        return try await withTaskExecutorPreference(threads) { try await next(request, context) }
    }

    // Only decides where the request is handled; the page's handler decides whether the finished page may be sent.
    private func isFinished(_ request: Request) -> Bool {
        guard let cache, !PortalCookies.mayHaveSession(request) else { return false }
        let language = request.uri.path.dropFirst().prefix { $0 != "/" }
        return cache.holds(.init(address: request.uri.string, language: String(language)))
    }
}
