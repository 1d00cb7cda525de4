/// One call of the API: the same table checks queries, writes the OpenAPI document and the page for developers.
struct Operation: Sendable {
    /// A parameter of a call.
    struct Parameter: Sendable {
        /// Where it stands.
        enum Place: String, Sendable {
            case query
            case path
        }

        let name: String
        let place: Place
        let required: Bool
        /// The JSON schema of its value.
        let schema: [String: String]
        /// Whether it may stand several times.
        let repeats: Bool

        init(
            _ name: String,
            _ type: String,
            place: Place = .query,
            required: Bool = false,
            format: String? = nil,
            repeats: Bool = false
        ) {
            self.repeats = repeats
            self.name = name
            self.place = place
            self.required = required || place == .path
            var schema = ["type": type]
            schema["format"] = format
            self.schema = schema
        }
    }

    let id: String
    let method: String
    let path: String
    let parameters: [Parameter]
    let takesBody: Bool
    /// The statuses it answers besides 200.
    let statuses: [Int]
    private let names: [String]
    private let repeated: [String]
    /// The parameters of its query, for messages.
    let parameterList: String

    init(
        _ id: String,
        _ method: String,
        _ path: String,
        _ parameters: [Parameter] = [],
        takesBody: Bool = false,
        statuses: [Int] = [400]
    ) {
        self.id = id
        self.method = method
        self.path = path
        self.parameters = parameters
        self.takesBody = takesBody
        self.statuses = statuses
        let query = parameters.filter { $0.place == .query }.map(\.name)
        names = query
        repeated = parameters.filter(\.repeats).map(\.name)
        parameterList = query.joined(separator: ", ")
    }

    func allows(_ name: String) -> Bool { names.contains(name) }

    func repeats(_ name: String) -> Bool { repeated.contains(name) }
}

extension Operation {
    private static let language = Parameter("lang", "string")
    private static let limit = Parameter("limit", "integer")
    private static let openAt = Parameter("open_at", "string")
    private static let category = Parameter("category", "string")
    private static let districtSlug = Parameter("district", "string")

    private static func point(required: Bool) -> [Parameter] {
        [
            Parameter("lon", "number", required: required, format: "double"),
            Parameter("lat", "number", required: required, format: "double"),
        ]
    }

    static let districts = Operation("districts", "GET", "/api/v1/districts", [language, Parameter("f", "string")])
    static let district = Operation(
        "district",
        "GET",
        "/api/v1/districts/{slug}",
        [Parameter("slug", "string", place: .path), language, Parameter("f", "string")],
        statuses: [400, 404]
    )
    static let resolve = Operation("resolve", "GET", "/api/v1/resolve", point(required: true) + [language])
    static let resolveMany = Operation(
        "resolve_many",
        "POST",
        "/api/v1/resolve",
        takesBody: true,
        statuses: [400, 413, 415, 422]
    )
    static let geocode = Operation(
        "geocode",
        "GET",
        "/api/v1/geocode",
        [Parameter("q", "string", required: true), limit, language] + point(required: false)
    )
    static let geocodeMany = Operation(
        "geocode_many",
        "POST",
        "/api/v1/geocode",
        [limit, language],
        takesBody: true,
        statuses: [400, 413, 415, 422]
    )
    static let suggest = Operation(
        "suggest",
        "GET",
        "/api/v1/suggest",
        [Parameter("q", "string", required: true), limit, language] + point(required: false)
    )
    static let reverse = Operation("reverse", "GET", "/api/v1/reverse", point(required: true) + [limit, language])
    static let categories = Operation("categories", "GET", "/api/v1/categories", [language])
    static let organizations = Operation(
        "organizations",
        "GET",
        "/api/v1/organizations",
        [Parameter("q", "string"), category, districtSlug, Parameter("bbox", "string")] + point(required: false)
            + [
                Parameter("radius_m", "number"), openAt, limit, Parameter("cursor", "string"), language,
                Parameter("f", "string"),
            ]
    )
    static let organization = Operation(
        "organization",
        "GET",
        "/api/v1/organizations/{id}",
        [Parameter("id", "string", place: .path), language],
        statuses: [400, 404]
    )
    static let nearest = Operation(
        "nearest",
        "GET",
        "/api/v1/nearest",
        point(required: true) + [
            category, districtSlug, openAt, Parameter("max_distance_m", "number"), limit, language,
        ]
    )
    static let style = Operation("style", "GET", "/tiles/style.json", [Parameter("theme", "string"), language])
    static let tileset = Operation(
        "tileset",
        "GET",
        "/tiles/{layer}.json",
        [Parameter("layer", "string", place: .path)],
        statuses: [400, 404]
    )
    static let tile = Operation(
        "tile",
        "GET",
        "/tiles/{layer}/{z}/{x}/{y}.mvt",
        [
            Parameter("layer", "string", place: .path), Parameter("z", "integer", place: .path),
            Parameter("x", "integer", place: .path), Parameter("y", "integer", place: .path),
            Parameter("category", "string", repeats: true),
        ],
        statuses: [204, 304, 400, 404]
    )
    static let captchaChallenge = Operation(
        "captcha_challenge",
        "GET",
        "/api/v1/captcha/challenge",
        statuses: [400, 404]
    )
    static let openAPI = Operation("openapi", "GET", "/api/openapi.json", statuses: [])
    static let health = Operation("healthz", "GET", "/healthz", statuses: [])
    static let readiness = Operation("readyz", "GET", "/readyz", statuses: [503])
    static let metrics = Operation("metrics", "GET", "/metrics", statuses: [])

    /// Every call there is.
    static let all: [Operation] = [
        districts, district, resolve, resolveMany, geocode, geocodeMany, suggest, reverse, categories, organizations,
        organization, nearest,
        style, tileset, tile, captchaChallenge, openAPI, health, readiness, metrics,
    ]
}
