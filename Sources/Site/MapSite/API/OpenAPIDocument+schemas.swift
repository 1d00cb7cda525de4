import Gazetteer
import SiteKit

/// JSON Schemas (draft 2020-12) of parameters and request bodies.
extension OpenAPIDocument {
    func schema(_ parameter: OperationParameter, _ writer: inout JSONWriter) {
        if parameter.repeats {
            writer.beginObject()
            writer.key("type")
            writer.string("array")
            writer.key("minItems")
            writer.integer(1)
            writer.key("items")
            schema(parameter.kind, &writer)
            writer.endObject()
        } else {
            schema(parameter.kind, &writer)
        }
    }

    private func schema(_ kind: OperationParameter.Kind, _ writer: inout JSONWriter) {
        switch kind {
        case .choice(let words): choices(words, &writer)
        case .listed(let listing): choices(listings[listing], &writer)
        case .integer(let range, let usual): integer(range, usual, &writer)
        case .number(let range): number(range, &writer)
        case .text(let longest): text(longest, &writer)
        case .identifier: identifier(&writer)
        case .box:
            writer.raw(
                #"""
                {"type":"array","minItems":4,"maxItems":4,"prefixItems":[\#(Self.longitude),\#(Self.latitude),\#(Self.longitude),\#(Self.latitude)]}
                """#.utf8
            )
        case .moment:
            writer.raw(
                #"""
                {"anyOf":[{"const":"now"},{"type":"string","format":"date-time"},{"type":"string","pattern":"\#(Moment.localPattern)"}]}
                """#.utf8
            )
        case .cursor: writer.raw(#"{"type":"string","pattern":"\#(Cursor.pattern)"}"#.utf8)
        }
    }

    /// The schema of a body of texts or of points.
    func list(of operation: Operation, _ writer: inout JSONWriter) {
        let isTexts = operation.id == Operation.geocodeMany.id
        let name = isTexts ? "texts" : "points"
        let most = isTexts ? GeocodeController.maxTexts : ResolveController.maxPoints
        let point = #"{"type":"array","minItems":2,"maxItems":2,"prefixItems":[\#(Self.longitude),\#(Self.latitude)]}"#
        // State the length of a text in words only: a thousand texts of that length would exceed the largest body.
        // Line breaks and tabs are allowed, other control characters are not.
        let text =
            #"{"type":"string","pattern":"^[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F\\uFFFD]*$"}"#
        writer.key("requestBody")
        writer.raw(
            #"""
            {"required":true,"content":{"application/json":{"schema":{"type":"object","additionalProperties":false,\#
            "required":["\#(name)"],"properties":{"\#(name)":{"type":"array","maxItems":\#(most),"items":\#(isTexts ? text : point)}}}}}}
            """#.utf8
        )
    }

    /// The schema of a body of parameters.
    func form(of operation: Operation, _ writer: inout JSONWriter) {
        writer.key("requestBody")
        writer.beginObject()
        writer.key("required")
        writer.bool(true)
        writer.key("content")
        writer.beginObject()
        writer.name(Query.formType)
        writer.beginObject()
        writer.key("schema")
        group(operation.parameters, &writer)
        writer.endObject()
        writer.endObject()
        writer.endObject()
    }

    private static let longitude = #"{"type":"number","minimum":-180,"maximum":180}"#
    private static let latitude = #"{"type":"number","minimum":-90,"maximum":90}"#

    private func choices(_ words: [String], _ writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("type")
        writer.string("string")
        writer.key("enum")
        writer.beginArray()
        for word in words { writer.string(word) }
        writer.endArray()
        writer.endObject()
    }

    private func identifier(_ writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("type")
        writer.string("string")
        writer.key("minLength")
        writer.integer(1)
        if let example = listings.organization {
            writer.key("examples")
            writer.beginArray()
            writer.string(example)
            writer.endArray()
        }
        writer.endObject()
    }

    /// Describes parameters that depend on each other as one object whose members are query parameters, because OpenAPI 3.1
    /// has no other way to express which need which (style `form`, exploded).
    func group(_ parameters: [OperationParameter], _ writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("type")
        writer.string("object")
        writer.key("additionalProperties")
        writer.bool(false)
        writer.key("properties")
        writer.beginObject()
        for parameter in parameters {
            writer.name(parameter.name)
            schema(parameter, &writer)
        }
        writer.endObject()
        writer.key("dependentRequired")
        writer.beginObject()
        for parameter in parameters where !parameter.needs.isEmpty {
            writer.name(parameter.name)
            writer.beginArray()
            for name in parameter.needs { writer.string(name) }
            writer.endArray()
        }
        writer.endObject()
        let required = parameters.filter(\.required).map(\.name)
        if !required.isEmpty {
            writer.key("required")
            writer.strings(required)
        }
        writer.endObject()
    }

    private func integer(_ range: ClosedRange<Int>, _ usual: Int?, _ writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("type")
        writer.string("integer")
        writer.key("minimum")
        writer.integer(range.lowerBound)
        writer.key("maximum")
        writer.integer(range.upperBound)
        if let usual {
            writer.key("default")
            writer.integer(usual)
        }
        writer.endObject()
    }

    private func number(_ range: ClosedRange<Double>, _ writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("type")
        writer.string("number")
        writer.key("minimum")
        writer.number(range.lowerBound, decimals: 0)
        writer.key("maximum")
        writer.number(range.upperBound, decimals: 0)
        writer.endObject()
    }

    private func text(_ longest: Int, _ writer: inout JSONWriter) {
        writer.raw(
            #"""
            {"type":"string","minLength":1,"maxLength":\#(longest),"pattern":"^[^\\u0000-\\u001F\\u007F\\uFFFD]+$"}
            """#.utf8
        )
    }
}
