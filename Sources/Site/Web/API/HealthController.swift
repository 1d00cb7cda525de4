import Gazetteer
import HTTPTypes
import Hummingbird

/// Endpoints for an operator's monitoring.
struct HealthController {
    let live: LiveCity
    let metrics: RequestMetrics
    let access: MetricsAccess
    let readiness: DatabaseReadiness

    func add(to router: Router<PortalContext>) {
        router.get("/healthz") { _, _ in
            var writer = JSONWriter(capacity: 32)
            writer.beginObject()
            writer.key("status")
            writer.string("ok")
            writer.endObject()
            return Self.unkept(writer)
        }
        router.get("/readyz") { _, _ in
            let snapshot = try live.city().snapshot
            try await readiness.check()
            var writer = JSONWriter(capacity: 128)
            writer.beginObject()
            writer.key("status")
            writer.string("ready")
            writer.key("gazetteer_version")
            writer.integer(snapshot.version)
            writer.key("boundary_version")
            writer.string(snapshot.districts.version)
            writer.endObject()
            return Self.unkept(writer)
        }
        router.get("/metrics") { request, context in
            try access.check(request, context)
            return Response(
                status: .ok,
                headers: [
                    .contentType: "text/plain; version=0.0.4; charset=utf-8", .cacheControl: "no-store",
                ],
                body: .init(byteBuffer: .init(string: metrics.text()))
            )
        }
    }

    private static func unkept(_ writer: JSONWriter) -> Response {
        var response = Answer.json(writer)
        response.headers[.cacheControl] = "no-store"
        return response
    }
}
