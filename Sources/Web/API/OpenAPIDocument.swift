/// The OpenAPI 3.1 description of every call, written from the same table that checks the queries.
struct OpenAPIDocument {
    private let strings: Strings

    /// - Parameter strings: the language of the descriptions.
    init(strings: Strings) { self.strings = strings }

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
        writer.string(Portal.version)
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
        for parameter in operation.parameters { write(parameter, &writer) }
        writer.endArray()
        if operation.takesBody { body(of: operation, &writer) }
        writer.key("responses")
        writer.beginObject()
        response("200", strings["api_response_ok"], problem: false, &writer)
        for status in operation.statuses {
            response(String(status), strings["api_response_problem"], problem: true, &writer)
        }
        writer.endObject()
        writer.endObject()
    }

    private func write(_ parameter: Operation.Parameter, _ writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("name")
        writer.string(parameter.name)
        writer.key("in")
        writer.string(parameter.place.rawValue)
        writer.key("required")
        writer.bool(parameter.required)
        writer.key("description")
        writer.string(strings["api_param_\(parameter.name)"])
        writer.key("schema")
        writer.beginObject()
        for (name, value) in parameter.schema.sorted(by: { $0.key < $1.key }) {
            writer.name(name)
            writer.string(value)
        }
        writer.endObject()
        writer.endObject()
    }

    private func body(of operation: Operation, _ writer: inout JSONWriter) {
        let isTexts = operation.id == Operation.geocodeMany.id
        let name = isTexts ? "texts" : "points"
        let most = isTexts ? GeocodeController.mostTexts : ResolveController.mostPoints
        let items =
            isTexts
            ? #"{"type":"string"}"# : #"{"type":"array","minItems":2,"maxItems":2,"items":{"type":"number"}}"#
        writer.key("requestBody")
        writer.raw(
            """
            {"required":true,"content":{"application/json":{"schema":{"type":"object","required":["\(name)"],\
            "additionalProperties":true,"properties":{"\(name)":{"type":"array","maxItems":\(most),"items":\(items)}}}}}}
            """.utf8
        )
    }

    private func response(_ status: String, _ text: String, problem: Bool, _ writer: inout JSONWriter) {
        writer.name(status)
        writer.beginObject()
        writer.key("description")
        writer.string(text)
        if problem {
            writer.key("content")
            writer.raw(
                ##"{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}"##.utf8
            )
        }
        writer.endObject()
    }

    private func components(_ writer: inout JSONWriter) {
        writer.raw(
            #"""
            {"schemas":{"Problem":{"type":"object","required":["type","title","status"],"properties":{"type":{"type":"string"},"title":{"type":"string"},"status":{"type":"integer"},"detail":{"type":"string"},"errors":{"type":"array","items":{"type":"object","properties":{"field":{"type":"string"},"code":{"type":"string"},"detail":{"type":"string"}}}}}}}}
            """#.utf8
        )
    }
}
