import SiteKit

/// One call of the API; the same table validates queries and produces the OpenAPI document and the page for developers.
struct Operation: Sendable {
    /// A form of the 200 answer: its media type and the schema of its body.
    struct Content: Sendable {
        let type: String
        let schema: AnswerSchema

        static func json(_ schema: AnswerSchema) -> Content { Content(type: "application/json", schema: schema) }
        static func geoJSON(_ schema: AnswerSchema) -> Content { Content(type: Answer.geoJSON, schema: schema) }
        static let tile = Content(type: "application/vnd.mapbox-vector-tile", schema: .tile)
        static let metrics = Content(type: "text/plain", schema: .metrics)
    }

    /// What its request carries besides the URL.
    enum Body: Sendable {
        case none
        /// A JSON object with one array.
        case list
        /// The parameters, as a form sends them. This keeps the query out of the URL, which servers and proxies log.
        case form
    }

    let id: String
    let method: String
    let path: String
    let parameters: [OperationParameter]
    let body: Body
    /// The kind of its route.
    let kind: RoutePolicy
    /// The forms of its 200 answer.
    let answers: [Content]
    /// The statuses that it can return besides 200, and besides those that `isCacheable` and `kind` imply.
    let statuses: [Int]
    private let names: [String]
    private let repeated: [String]
    /// The names of its query parameters, for messages.
    let parameterList: String

    init(
        _ id: String,
        _ method: String,
        _ path: String,
        _ parameters: [OperationParameter] = [],
        body: Body = .none,
        kind: RoutePolicy = .sharedCall,
        answers: [Content],
        statuses: [Int] = [400]
    ) {
        self.id = id
        self.method = method
        self.path = path
        self.parameters = parameters
        self.body = body
        self.kind = kind
        self.answers = answers
        self.statuses = statuses
        let query = parameters.filter { $0.place == .query }.map(\.name)
        names = query
        repeated = parameters.filter(\.repeats).map(\.name)
        parameterList = query.joined(separator: ", ")
    }

    /// Whether its answers carry an ETag, so that a client that already has the answer gets a 304.
    var isCacheable: Bool { method == "GET" && kind.isShared }

    func allows(_ name: String) -> Bool { names.contains(name) }

    /// The same call with its parameters in the body.
    func posted(as id: String) -> Operation {
        Operation(id, "POST", path, parameters, body: .form, kind: kind, answers: answers, statuses: [400, 413, 415])
    }

    func repeats(_ name: String) -> Bool { repeated.contains(name) }

    /// The allowed values of a query parameter; nil when there is no such parameter.
    func kind(of name: String) -> OperationParameter.Kind? { parameters.first { $0.name == name }?.kind }
}

extension Operation {
    static let districts = Operation(
        "districts",
        "GET",
        "/api/v1/districts",
        [.language, .format],
        answers: [.json(.districtList), .geoJSON(.districtCollection)]
    )
    static let district = Operation(
        "district",
        "GET",
        "/api/v1/districts/{slug}",
        [OperationParameter("slug", .listed(.districts), place: .path), .language, .format],
        answers: [.json(.district), .geoJSON(.districtFeature)],
        statuses: [400, 404]
    )
    static let resolve = Operation(
        "resolve",
        "GET",
        "/api/v1/resolve",
        OperationParameter.point(required: true) + [.language],
        answers: [.json(.resolved)]
    )
    static let resolveMany = Operation(
        "resolve_many",
        "POST",
        "/api/v1/resolve",
        body: .list,
        answers: [.json(.resolvedPoints)],
        statuses: [400, 413, 415, 422, 429]
    )
    static let geocode = Operation(
        "geocode",
        "GET",
        "/api/v1/geocode",
        [.neededQuestion, .limit(50, usual: 10), .language] + OperationParameter.point(required: false),
        answers: [.json(.geocoded)]
    )
    static let geocodeMany = Operation(
        "geocode_many",
        "POST",
        "/api/v1/geocode",
        [.limit(10, usual: 1), .language],
        body: .list,
        answers: [.json(.geocodedTexts)],
        statuses: [400, 413, 415, 422, 429]
    )
    static let suggest = Operation(
        "suggest",
        "GET",
        "/api/v1/suggest",
        [.neededQuestion, .limit(20, usual: 8), .language] + OperationParameter.point(required: false),
        answers: [.json(.suggestions)]
    )
    static let suggestForm = suggest.posted(as: "suggest_form")
    static let reverse = Operation(
        "reverse",
        "GET",
        "/api/v1/reverse",
        OperationParameter.point(required: true) + [.limit(50, usual: 5), .language],
        answers: [.json(.surroundings)]
    )
    static let reverseForm = reverse.posted(as: "reverse_form")
    static let categories = Operation(
        "categories",
        "GET",
        "/api/v1/categories",
        [.language],
        answers: [.json(.categoryTree)]
    )
    static let organizations = Operation(
        "organizations",
        "GET",
        "/api/v1/organizations",
        [.question, .category, .district, OperationParameter("bbox", .box)]
            + OperationParameter.point(required: false, with: [.metres("radius_m")])
            + [
                .openAt, OperationParameter("limit", .integer(1...200, usual: nil)),
                OperationParameter("cursor", .cursor), .language, .format,
            ],
        answers: [.json(.organizationList), .geoJSON(.organizationCollection)]
    )
    static let organization = Operation(
        "organization",
        "GET",
        "/api/v1/organizations/{id}",
        [OperationParameter("id", .identifier, place: .path), .language],
        answers: [.json(.organization)],
        statuses: [400, 404]
    )
    static let nearest = Operation(
        "nearest",
        "GET",
        "/api/v1/nearest",
        OperationParameter.point(required: true) + [
            .category, .district, .openAt, .metres("max_distance_m"), .limit(100, usual: 10), .language,
        ],
        answers: [.json(.nearest)]
    )
    static let style = Operation(
        "style",
        "GET",
        "/tiles/style.json",
        [OperationParameter("theme", .listed(.themes)), .language],
        answers: [.json(.mapStyle)]
    )
    static let tileset = Operation(
        "tileset",
        "GET",
        "/tiles/{layer}.json",
        [.layer],
        answers: [.json(.tileset)],
        statuses: [400, 404]
    )
    static let tile = Operation(
        "tile",
        "GET",
        "/tiles/{layer}/{z}/{x}/{y}.mvt",
        [.layer] + OperationParameter.tile,
        kind: .tile,
        answers: [.tile],
        statuses: [204, 400, 404]
    )
    static let organizationTile = Operation(
        "organization_tile",
        "GET",
        "/tiles/organizations/{z}/{x}/{y}.mvt",
        OperationParameter.tile + [OperationParameter("category", .listed(.categories), repeats: true)],
        kind: .tile,
        answers: [.tile],
        statuses: [204, 400, 404]
    )
    static let captchaChallenge = Operation(
        "captcha_challenge",
        "GET",
        "/api/v1/captcha/challenge",
        kind: .call,
        answers: [.json(.captchaChallenge)],
        statuses: [400, 404]
    )
    static let openAPI = Operation("openapi", "GET", "/api/openapi.json", answers: [.json(.openAPI)])
    static let health = Operation("healthz", "GET", "/healthz", kind: .health, answers: [.json(.health)], statuses: [])
    static let readiness = Operation(
        "readyz",
        "GET",
        "/readyz",
        kind: .health,
        answers: [.json(.readiness)],
        statuses: [503]
    )
    static let metrics = Operation(
        "metrics",
        "GET",
        "/metrics",
        kind: .health,
        answers: [.metrics],
        statuses: [401, 403]
    )

    /// All calls.
    static let all: [Operation] = [
        districts, district, resolve, resolveMany, geocode, geocodeMany, suggest, suggestForm, reverse, reverseForm,
        categories, organizations,
        organization, nearest,
        style, tileset, tile, organizationTile, captchaChallenge, openAPI, health, readiness, metrics,
    ]
}
