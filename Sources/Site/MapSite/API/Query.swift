import Civic
import Geo
import Hummingbird
import SiteKit

/// Parses the query of a request strictly: every parameter must be known, unique and of its type.
struct Query {
    // With only a few pairs, a linear search is cheaper than hashing.
    private let values: [(name: String, value: String)]
    private let operation: Operation
    private(set) var faults: [FieldError] = []

    /// - Parameter operation: declares the allowed parameters.
    /// - Throws: `Problem.badRequest` naming every parameter that is unknown, repeated or empty.
    init(_ request: Request, for operation: Operation) throws(Problem) {
        try self.init(request.uri.query ?? "", for: operation)
    }

    /// Reads the parameters from the body of a request, where a form sends them.
    ///
    /// - Throws: `Problem` 415 for another media type, 413 for a longer body than any URL, and as for a query.
    init(postedIn request: Request, for operation: Operation) async throws {
        let body = try await request.collectBody(type: Self.formType, atMost: Self.longestBody)
        guard let text = String(validating: body.readableBytesView, as: UTF8.self) else {
            throw Problem.badRequest("body", "not_text")
        }
        try self.init(text, for: operation)
    }

    static let formType = "application/x-www-form-urlencoded"
    // In bytes: the longest text in percent-encoding, with some room to spare.
    private static let longestBody = 16_384

    private init(_ text: String, for operation: Operation) throws(Problem) {
        self.operation = operation
        var values: [(name: String, value: String)] = []
        var faults: [FieldError] = []
        var rest = text[...]
        while !rest.isEmpty {
            let end = rest.utf8.firstIndex(of: UInt8(ascii: "&")) ?? rest.endIndex
            let pair = rest[..<end]
            rest = end == rest.endIndex ? "" : rest[rest.utf8.index(after: end)...]
            if pair.isEmpty { continue }
            let equals = pair.utf8.firstIndex(of: UInt8(ascii: "="))
            let name = String(pair[..<(equals ?? pair.endIndex)])
            guard operation.allows(name) else {
                faults.append(.init(String(name.prefix(40)), "unknown_parameter", ["allowed": operation.parameterList]))
                continue
            }
            guard let value = Self.decode(equals.map { pair[pair.utf8.index(after: $0)...] } ?? "") else {
                faults.append(.init(name, "not_text"))
                continue
            }
            if !operation.repeats(name), values.contains(where: { $0.name == name }) {
                faults.append(.init(name, "repeated"))
            }
            // An empty value is an error, not a request for the default: the client meant to send something.
            if value.isEmpty { faults.append(.init(name, "empty")) }
            values.append((name, value))
        }
        if !faults.isEmpty { throw .badRequest(faults) }
        self.values = values
    }

    private static func decode(_ value: Substring) -> String? {
        if value.utf8.allSatisfy({ $0 != UInt8(ascii: "%") && $0 != UInt8(ascii: "+") }) { return String(value) }
        return PercentDecoding.component(value.utf8)
    }

    /// Ends parsing.
    ///
    /// - Throws: `Problem.badRequest` with every fault that was found.
    func finish() throws(Problem) {
        if !faults.isEmpty { throw .badRequest(faults) }
    }

    mutating func fail(_ field: String, _ code: String, _ arguments: [String: String] = [:]) {
        faults.append(.init(field, code, arguments))
    }

    func text(_ name: String) -> String? {
        values.first { $0.name == name }?.value
    }

    /// All values of a repeatable parameter.
    func texts(_ name: String) -> [String] { values.filter { $0.name == name }.map(\.value) }

    /// A text without control characters, within the call's limit, counted in Unicode scalars as in JSON Schema.
    mutating func words(_ name: String) -> String? {
        guard let text = text(name), case .text(let longest)? = operation.kind(of: name) else { return nil }
        if text.utf8.count > longest, text.unicodeScalars.count > longest {
            faults.append(.init(name, "too_long", ["limit": String(longest)]))
            return nil
        }
        if text.unicodeScalars.contains(where: { $0.value < 0x20 || $0 == "\u{7F}" || $0 == "\u{FFFD}" }) {
            faults.append(.init(name, "not_text"))
            return nil
        }
        return text
    }

    mutating func number(_ name: String) -> Double? {
        guard let text = text(name) else { return nil }
        guard let number = Self.decimal(text) else {
            faults.append(.init(name, "not_a_number", ["value": String(text.prefix(40))]))
            return nil
        }
        return number
    }

    // `Double` would also accept hexadecimal numbers and names such as `nan`.
    private static func decimal(_ text: some StringProtocol) -> Double? {
        let isDecimal = text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || "+-.eE".utf8.contains(byte)
        }
        guard isDecimal, text.utf8.count <= 32, let number = Double(text), number.isFinite else { return nil }
        return number
    }

    /// A whole number within the call's range; without one the call's default, which may be nil.
    mutating func integer(_ name: String) -> Int? {
        guard case .integer(let range, let usual)? = operation.kind(of: name) else { return nil }
        guard let text = text(name) else { return usual }
        let isWhole = text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
        guard isWhole, let number = Int(text), range.contains(number) else {
            faults.append(
                .init(name, "out_of_range", ["least": String(range.lowerBound), "most": String(range.upperBound)])
            )
            return usual
        }
        return number
    }

    /// The requested number of results, at least 1, or the call's default.
    mutating func limit() -> Int { integer("limit") ?? 1 }

    /// One of the values that the call allows.
    mutating func choice(_ name: String) -> String? {
        guard let text = text(name), case .choice(let choices)? = operation.kind(of: name) else { return nil }
        guard choices.contains(text) else {
            faults.append(.init(name, "not_a_choice", ["choices": choices.joined(separator: ", ")]))
            return nil
        }
        return text
    }

    /// The point `lon`, `lat`; nil when neither is given.
    mutating func point(required: Bool, city: BoundingBox) -> Coordinate? {
        for name in ["lon", "lat"] where text(name) == nil {
            if required || text(name == "lon" ? "lat" : "lon") != nil { faults.append(.init(name, "missing")) }
        }
        guard let longitude = number("lon"), let latitude = number("lat") else { return nil }
        let point = Coordinate(longitude: longitude, latitude: latitude)
        let inWorld = abs(longitude) <= 180 && abs(latitude) <= 90
        let swapped = Coordinate(longitude: latitude, latitude: longitude)
        if !inWorld {
            let hint = city.contains(swapped) ? "swapped" : "outside_world"
            faults.append(.init(abs(latitude) > 90 ? "lat" : "lon", hint))
            return nil
        }
        return point
    }

    /// The box `bbox=west,south,east,north`.
    ///
    /// A box whose west is east of its east crosses the 180th meridian (RFC 7946 §5.2); the half on the city's side is used.
    /// South and north may be given in either order.
    mutating func box(_ name: String, city: BoundingBox) -> BoundingBox? {
        guard let text = text(name) else { return nil }
        let numbers = text.split(separator: ",", omittingEmptySubsequences: false).compactMap { Self.decimal($0) }
        guard numbers.count == 4, text.utf8.count(where: { $0 == UInt8(ascii: ",") }) == 3,
            abs(numbers[0]) <= 180, abs(numbers[2]) <= 180, abs(numbers[1]) <= 90, abs(numbers[3]) <= 90
        else {
            faults.append(.init(name, "not_a_box"))
            return nil
        }
        var (west, east) = (numbers[0], numbers[2])
        if west > east {
            if city.east >= west { east = 180 } else { west = -180 }
        }
        return BoundingBox(
            west: west,
            south: min(numbers[1], numbers[3]),
            east: east,
            north: max(numbers[1], numbers[3])
        )
    }

    mutating func language(_ request: Request) -> Language {
        if text("lang") == nil { return LanguageChoice.accepted(request) ?? .kk }
        return choice("lang").flatMap { Language(rawValue: $0) } ?? .kk
    }
}
