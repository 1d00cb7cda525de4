import HTTPTypes
import Hummingbird

/// Endpoints for an operator's monitoring.
struct HealthController {
    /// What each feature reports when it can serve.
    let facts: [@Sendable () throws(Problem) -> [ReadyFact]]
    let metrics: RequestMetrics
    let attachments: AttachmentMetrics?
    let access: MetricsAccess
    let readiness: DatabaseReadiness

    func add(to routes: SiteRoutes) {
        routes.health.get("/healthz") { _, _ in
            var writer = JSONWriter(capacity: 32)
            writer.beginObject()
            writer.key("status")
            writer.string("ok")
            writer.endObject()
            return Answer.json(writer)
        }
        routes.health.get("/readyz") { _, _ in
            let known = try facts.flatMap { try $0() }
            try await readiness.check()
            var writer = JSONWriter(capacity: 128)
            writer.beginObject()
            writer.key("status")
            writer.string("ready")
            for fact in known {
                switch fact {
                case .number(let name, let number):
                    writer.name(name)
                    writer.integer(number)
                case .text(let name, let text):
                    writer.name(name)
                    writer.string(text)
                }
            }
            writer.endObject()
            return Answer.json(writer)
        }
        routes.health.get("/metrics") { request, context in
            try access.check(request, context)
            return Response(
                status: .ok,
                headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: .init(byteBuffer: .init(string: metrics.text() + (attachments?.text ?? "")))
            )
        }
    }
}
