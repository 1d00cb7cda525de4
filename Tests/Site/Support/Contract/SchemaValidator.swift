@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

/// Validates JSON against the part of JSON Schema (draft 2020-12) that the OpenAPI document uses.
///
/// A keyword that it does not know is a fault, so that no constraint is ignored in silence.
struct SchemaValidator {
    /// The document that references point into.
    let document: JSONValue

    /// What is wrong with a value, each fault with its place in the value; empty when the value is valid.
    func faults(of value: JSONValue, against schema: JSONValue, at place: String = "$") -> [String] {
        guard case .object(let keywords) = schema else { return ["\(place): the schema is not an object"] }
        return keywords.flatMap { keyword in
            faults(of: value, keyword.name, keyword.value, in: schema, at: place)
        }
    }

    private func faults(
        of value: JSONValue,
        _ keyword: String,
        _ argument: JSONValue,
        in schema: JSONValue,
        at place: String
    ) -> [String] {
        switch keyword {
        case "$ref": return faults(of: value, against: resolve(argument), at: place)
        case "anyOf":
            let branches = (argument.elements ?? []).map { faults(of: value, against: $0, at: place) }
            return branches.contains(where: \.isEmpty) ? [] : ["\(place): no alternative fits"] + branches.joined()
        case "type": return check(value.hasType(argument), place, "is not of type \(argument)")
        case "enum": return check(argument.elements?.contains(value) == true, place, "\(value) is not a choice")
        case "const": return check(value == argument, place, "\(value) is not \(argument)")
        case "minimum": return check(value.compare(argument) { $0 >= $1 }, place, "\(value) is below \(argument)")
        case "maximum": return check(value.compare(argument) { $0 <= $1 }, place, "\(value) is above \(argument)")
        case "minItems": return check(value.count.map { $0 >= argument.integer ?? 0 }, place, "too few items")
        case "maxItems": return check(value.count.map { $0 <= argument.integer ?? 0 }, place, "too many items")
        case "items": return items(of: value, argument, at: place)
        case "prefixItems":
            return zip(value.elements ?? [], argument.elements ?? []).enumerated()
                .flatMap { faults(of: $1.0, against: $1.1, at: "\(place)[\($0)]") }
        case "required":
            guard let members = value.members else { return [] }
            return (argument.elements ?? []).filter { name in !members.contains { .text($0.name) == name } }
                .map { "\(place): \($0) is missing" }
        case "properties", "additionalProperties": return members(of: value, keyword, argument, schema, at: place)
        case "contentMediaType": return []
        default: return ["\(place): unknown keyword \(keyword)"]
        }
    }

    private func check(_ isValid: Bool?, _ place: String, _ fault: String) -> [String] {
        isValid == false ? ["\(place): \(fault)"] : []
    }

    private func items(of value: JSONValue, _ schema: JSONValue, at place: String) -> [String] {
        (value.elements ?? []).enumerated().flatMap { faults(of: $1, against: schema, at: "\(place)[\($0)]") }
    }

    private func members(
        of value: JSONValue,
        _ keyword: String,
        _ argument: JSONValue,
        _ schema: JSONValue,
        at place: String
    ) -> [String] {
        let declared = schema["properties"]
        return (value.members ?? []).flatMap { member -> [String] in
            let place = "\(place).\(member.name)"
            guard keyword == "additionalProperties" else {
                return argument[member.name].map { faults(of: member.value, against: $0, at: place) } ?? []
            }
            guard declared?[member.name] == nil, argument != .flag(true) else { return [] }
            return argument == .flag(false)
                ? ["\(place): not documented"] : faults(of: member.value, against: argument, at: place)
        }
    }

    /// The schema that a reference such as `#/components/schemas/District` names; null when there is none.
    private func resolve(_ reference: JSONValue) -> JSONValue {
        guard case .text(let pointer) = reference else { return .null }
        return pointer.split(separator: "/").dropFirst().reduce(document) { $0[String($1)] ?? .null }
    }
}

extension JSONValue {
    /// The member of an object with a name.
    subscript(name: String) -> JSONValue? { members?.first { $0.name == name }?.value }

    var members: [Member]? { if case .object(let members) = self { members } else { nil } }

    var elements: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }

    var string: String? { if case .text(let text) = self { text } else { nil } }

    fileprivate var count: Int? { elements?.count }

    /// Compares two numbers; nil when one of them is none.
    fileprivate func compare(_ other: JSONValue, _ isInOrder: (Double, Double) -> Bool) -> Bool? {
        guard let own = double, let other = other.double else { return nil }
        return isInOrder(own, other)
    }

    fileprivate func hasType(_ name: JSONValue) -> Bool {
        switch (self, name) {
        case (.object, .text("object")), (.array, .text("array")), (.text, .text("string")), (.flag, .text("boolean")),
            (.null, .text("null")), (.number, .text("number")):
            true
        case (.number, .text("integer")): integer != nil
        default: false
        }
    }
}
