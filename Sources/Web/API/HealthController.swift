import Gazetteer
import HTTPTypes
import Hummingbird

/// What an operator's monitor asks.
struct HealthController {
    let live: LiveCity
    let metrics: RequestMetrics

    func add(to router: Router<PortalContext>) {
        router.get("/healthz") { _, _ in
            var writer = JSONWriter(capacity: 32)
            writer.beginObject()
            writer.key("status")
            writer.string("ok")
            writer.endObject()
            return Answer.json(writer)
        }
        router.get("/readyz") { _, _ in
            let snapshot = try live.city().snapshot
            var writer = JSONWriter(capacity: 128)
            writer.beginObject()
            writer.key("status")
            writer.string("ready")
            writer.key("gazetteer_version")
            writer.integer(snapshot.version)
            writer.key("boundary_version")
            writer.string(snapshot.districts.version)
            writer.endObject()
            return Answer.json(writer)
        }
        router.get("/metrics") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: .init(byteBuffer: .init(string: metrics.text()))
            )
        }
    }
}
