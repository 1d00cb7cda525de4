import SiteKit

/// The answers of the map, the captcha, the document itself, and an operator's monitoring.
extension AnswerSchema {
    /// A MapLibre style; its specification defines the members that are not named here.
    static let mapStyleDefinition = JSONSchema.object(
        [
            ("version", .number(is: 8)), ("sources", .map(.object([("type", .text)], isOpen: true))),
            ("layers", .array(.object([("id", .text), ("type", .text)], isOpen: true))),
        ],
        isOpen: true
    )

    /// TileJSON 3.0.0.
    static let tilesetDefinition = JSONSchema.object([
        ("tilejson", .words(["3.0.0"])), ("scheme", .words(["xyz"])), ("name", .text), ("description", .text),
        ("attribution", .text), ("tiles", .array(.text)), ("minzoom", zoom), ("maxzoom", zoom), ("bounds", box),
        ("center", .tuple([.decimal(), .decimal(), .integer()])),
        (
            "vector_layers",
            .array(
                .object([
                    ("id", .text), ("description", .text), ("minzoom", zoom), ("maxzoom", zoom),
                    ("fields", .map(.text)),
                ])
            )
        ),
    ])

    static let captchaChallengeDefinition = JSONSchema.object([
        ("algorithm", .words(["SHA-256"])), ("challenge", .text), ("maxnumber", .integer(1...10_000_000)),
        ("salt", .text), ("signature", .text),
    ])

    static let openAPIDefinition = JSONSchema.object(
        [
            ("openapi", .words(["3.1.0"])), ("info", .object([("title", .text), ("version", .text)], isOpen: true)),
            ("paths", .map(.map(.object([("operationId", .text)], isOpen: true)))),
            ("components", .object([], isOpen: true)),
        ],
        isOpen: true
    )

    static let readinessDefinition = JSONSchema.object([
        ("status", .words(["ready"])), ("gazetteer_version", .integer()), ("boundary_version", .text),
    ])

    private static let zoom = JSONSchema.integer(0...22)
}
