package import Hummingbird

/// Measures every request.
package struct MetricsMiddleware: RouterMiddleware {
    /// Where the requests are counted.
    package let metrics: RequestMetrics

    /// Counts a request and the time until its response is ready.
    package func handle(
        _ request: Request,
        context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let elapsed = start.duration(to: .now).components
        metrics.record(
            route: context.endpointPath ?? "none",
            method: request.method.rawValue,
            status: response.status.code,
            seconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
        )
        return response
    }
}
