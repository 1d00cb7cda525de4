import Civic
import Gazetteer
import Hummingbird
import SiteKit

/// Serves the districts: names, areas, borders and responsible offices.
struct DistrictsController {
    let live: LiveCity

    func add(to routes: SiteRoutes) {
        routes.sharedCalls.get("/api/v1/districts", use: list)
        routes.sharedCalls.get("/api/v1/districts/:slug", use: one)
    }

    @Sendable func list(_ request: Request, _ context: PortalContext) async throws -> Response {
        let city = try live.city()
        var query = try Query(request, for: .districts)
        let language = query.language(request)
        let geoJSON = Answer.wantsGeoJSON(request, &query)
        try query.finish()
        let snapshot = city.snapshot
        return try Answer.cached(
            request,
            city,
            variant: "\(language)\(geoJSON)",
            type: geoJSON ? Answer.geoJSON : "application/json; charset=utf-8",
            varies: Answer.variesByType
        ) { writer in
            writer.beginObject()
            if geoJSON {
                writer.key("type")
                writer.string("FeatureCollection")
                writer.key("features")
                writer.beginArray()
                for district in snapshot.districts.all { writer.feature(district, of: snapshot, language) }
                writer.endArray()
            } else {
                writer.key("districts")
                writer.beginArray()
                for district in snapshot.districts.all { writer.district(district, of: snapshot, language) }
                writer.endArray()
                writer.key("boundary_version")
                writer.string(snapshot.districts.version)
            }
            writer.key("attribution")
            writer.string(Attribution.text)
            writer.endObject()
        }
    }

    @Sendable func one(_ request: Request, _ context: PortalContext) async throws -> Response {
        let city = try live.city()
        var query = try Query(request, for: .district)
        let language = query.language(request)
        let geoJSON = Answer.wantsGeoJSON(request, &query)
        try query.finish()
        guard let district = city.snapshot.districts[.init(context.parameters.get("slug") ?? "")] else {
            throw Problem.notFound
        }
        return try Answer.cached(
            request,
            city,
            variant: "\(language)\(geoJSON)",
            type: geoJSON ? Answer.geoJSON : "application/json; charset=utf-8",
            varies: Answer.variesByType
        ) { writer in
            if geoJSON {
                writer.feature(district, of: city.snapshot, language)
            } else {
                writer.district(district, of: city.snapshot, language)
            }
        }
    }
}

extension JSONWriter {
    fileprivate mutating func feature(_ district: District, of snapshot: GazetteerSnapshot, _ language: Language) {
        beginObject()
        key("type")
        string("Feature")
        key("id")
        integer(district.number)
        key("properties")
        self.district(district, of: snapshot, language)
        key("geometry")
        geometry(district.shape)
        endObject()
    }
}
