import SiteKit

/// The OpenAPI 3.1 description of every call, generated from the same table that validates the queries.
struct OpenAPIDocument {
    /// The language of the descriptions.
    let strings: Strings
    /// The parameter values that depend on the city.
    let listings: OpenAPIListings

    func json() -> JSONWriter {
        var writer = JSONWriter(capacity: 16_384)
        writer.beginObject()
        writer.key("openapi")
        writer.string("3.1.0")
        writer.key("info")
        writer.beginObject()
        writer.key("title")
        writer.string(strings["site_name"])
        writer.key("version")
        writer.string(Product.version)
        writer.key("description")
        writer.string(strings["api_lead"])
        writer.endObject()
        writer.key("paths")
        paths(&writer)
        writer.key("components")
        components(&writer)
        writer.endObject()
        return writer
    }

    private func paths(_ writer: inout JSONWriter) {
        writer.beginObject()
        var written: Set<String> = []
        for operation in Operation.all where written.insert(operation.path).inserted {
            writer.name(operation.path)
            writer.beginObject()
            for sibling in Operation.all where sibling.path == operation.path {
                writer.name(sibling.method.lowercased())
                write(sibling, &writer)
            }
            writer.endObject()
        }
        writer.endObject()
    }

    private func write(_ operation: Operation, _ writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("operationId")
        writer.string(operation.id)
        writer.key("summary")
        writer.string(strings["api_op_\(operation.id)"])
        writer.key("parameters")
        writer.beginArray()
        let parameters = operation.body == .form ? [] : operation.parameters
        let together = parameters.filter { !$0.needs.isEmpty }
        for parameter in parameters where parameter.needs.isEmpty { write(parameter, &writer) }
        if !together.isEmpty { write(together, &writer) }
        writer.endArray()
        switch operation.body {
        case .none: break
        case .list: list(of: operation, &writer)
        case .form: form(of: operation, &writer)
        }
        writer.key("responses")
        writer.beginObject()
        response(200, of: operation, strings["api_response_ok"], operation.answers, &writer)
        let implied = (operation.isCacheable ? [304] : []) + (operation.kind.isShared ? [503] : [])
        for status in operation.statuses + implied {
            let isProblem = status >= 400
            response(
                status,
                of: operation,
                strings[isProblem ? "api_response_problem" : "api_response_nothing"],
                isProblem ? [.init(type: "application/problem+json", schema: .problem)] : [],
                &writer
            )
        }
        writer.endObject()
        writer.endObject()
    }

    private func write(_ parameter: OperationParameter, _ writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("name")
        writer.string(parameter.name)
        writer.key("in")
        writer.string(parameter.place.rawValue)
        writer.key("required")
        writer.bool(parameter.required)
        writer.key("description")
        writer.string(strings["api_param_\(parameter.name)"])
        if case .box = parameter.kind {
            writer.key("style")
            writer.string("form")
            writer.key("explode")
            writer.bool(false)
        }
        writer.key("schema")
        schema(parameter, &writer)
        writer.endObject()
    }

    private func write(_ together: [OperationParameter], _ writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("name")
        writer.string("point")
        writer.key("in")
        writer.string("query")
        writer.key("required")
        writer.bool(false)
        writer.key("description")
        writer.string(together.map { "\($0.name): \(strings["api_param_\($0.name)"])" }.joined(separator: "; "))
        writer.key("style")
        writer.string("form")
        writer.key("explode")
        writer.bool(true)
        writer.key("schema")
        group(together, &writer)
        writer.endObject()
    }

    private func response(
        _ status: Int,
        of operation: Operation,
        _ text: String,
        _ contents: [Operation.Content],
        _ writer: inout JSONWriter
    ) {
        writer.name(String(status))
        writer.beginObject()
        writer.key("description")
        writer.string(text)
        headers(status, of: operation, &writer)
        if !contents.isEmpty {
            writer.key("content")
            writer.beginObject()
            for content in contents {
                writer.name(content.type)
                writer.beginObject()
                writer.key("schema")
                JSONSchema.named(content.schema).write(to: &writer)
                writer.endObject()
            }
            writer.endObject()
        }
        writer.endObject()
    }

    /// The header fields that every answer with this status has.
    private func headers(_ status: Int, of operation: Operation, _ writer: inout JSONWriter) {
        let fields: [JSONSchema.Member] =
            switch status {
            case 200, 304: operation.isCacheable ? [("ETag", .text), ("Cache-Control", .text), ("Vary", .text)] : []
            case 401: [("WWW-Authenticate", .text)]
            case 429, 503: [("Retry-After", .integer(1...86_400))]
            default: []
            }
        guard !fields.isEmpty else { return }
        writer.key("headers")
        writer.beginObject()
        for field in fields {
            writer.name(field.name)
            writer.beginObject()
            writer.key("required")
            writer.bool(true)
            writer.key("schema")
            field.schema.write(to: &writer)
            writer.endObject()
        }
        writer.endObject()
    }

    private func components(_ writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("schemas")
        writer.beginObject()
        for schema in AnswerSchema.allCases {
            writer.name(schema.rawValue)
            schema.definition.write(to: &writer)
        }
        writer.endObject()
        writer.endObject()
    }
}
