import JWTKit

/// A JSON value, so that a test can sign claims that no real provider would.
enum JSONValue: Codable, Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral
{
    case text(String)
    case number(Double)
    case truth(Bool)
    case list([JSONValue])
    case nothing

    init(stringLiteral value: String) { self = .text(value) }
    init(integerLiteral value: Int) { self = .number(Double(value)) }
    init(booleanLiteral value: Bool) { self = .truth(value) }
    init(arrayLiteral elements: JSONValue...) { self = .list(elements) }

    init(from decoder: any Decoder) throws { self = .nothing }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .truth(let value): try container.encode(value)
        case .list(let values): try container.encode(values)
        case .nothing: try container.encodeNil()
        }
    }
}

/// Arbitrary claims.
struct Claims: JWTPayload {
    var fields: [String: JSONValue]

    init(_ fields: [String: JSONValue]) { self.fields = fields }

    init(from decoder: any Decoder) throws { fields = [:] }

    func encode(to encoder: any Encoder) throws { try fields.encode(to: encoder) }

    func verify(using algorithm: some JWTAlgorithm) {}
}
