import Gazetteer
import Geo
import Hummingbird

/// The query of a request, read strictly: every parameter must exist, stand once, and be of its kind.
struct Query {
    // A handful of pairs: looking through them costs less than hashing them.
    private let values: [(name: String, value: String)]
    private(set) var faults: [Problem.Fault] = []

    /// - Parameter operation: what it says may be asked.
    /// - Throws: `Problem.badRequest` naming every parameter that does not exist or stands twice.
    init(_ request: Request, for operation: Operation) throws(Problem) {
        var values: [(name: String, value: String)] = []
        var faults: [Problem.Fault] = []
        var rest = (request.uri.query ?? "")[...]
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
            values.append((name, value))
        }
        if !faults.isEmpty { throw .badRequest(faults) }
        self.values = values
    }

    // Percent-encoding as a form sends it (application/x-www-form-urlencoded, URL Standard): a plus is a space. Nil when
    // an escape is broken or the bytes are no UTF-8.
    private static func decode(_ value: Substring) -> String? {
        if value.utf8.allSatisfy({ $0 != UInt8(ascii: "%") && $0 != UInt8(ascii: "+") }) { return String(value) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(value.utf8.count)
        var rest = value.utf8.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(digit), let low = rest.next().flatMap(digit) else { return nil }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }

    /// Ends the reading.
    ///
    /// - Throws: `Problem.badRequest` with every fault that was met.
    func finish() throws(Problem) {
        if !faults.isEmpty { throw .badRequest(faults) }
    }

    mutating func fail(_ field: String, _ code: String, _ arguments: [String: String] = [:]) {
        faults.append(.init(field, code, arguments))
    }

    func text(_ name: String) -> String? {
        guard let value = values.first(where: { $0.name == name })?.value, !value.isEmpty else { return nil }
        return value
    }

    /// All values of a parameter that may stand several times.
    func texts(_ name: String) -> [String] { values.filter { $0.name == name && !$0.value.isEmpty }.map(\.value) }

    mutating func text(_ name: String, longest: Int) -> String? {
        guard let text = text(name) else { return nil }
        // A text has no more signs than bytes.
        if text.utf8.count > longest, text.count > longest {
            faults.append(.init(name, "too_long", ["limit": String(longest)]))
            return nil
        }
        if text.unicodeScalars.contains(where: { $0.value < 0x20 || $0 == "\u{FFFD}" }) {
            faults.append(.init(name, "not_text"))
            return nil
        }
        return text
    }

    mutating func number(_ name: String) -> Double? {
        guard let text = text(name) else { return nil }
        // `Double` reads what stands before a zero byte.
        guard text.utf8.count <= 32, !text.utf8.contains(0), let number = Double(text), number.isFinite else {
            faults.append(.init(name, "not_a_number", ["value": String(text.prefix(40))]))
            return nil
        }
        return number
    }

    mutating func integer(_ name: String, in range: ClosedRange<Int>, default fallback: Int) -> Int {
        guard let text = text(name) else { return fallback }
        guard let number = Int(text), range.contains(number) else {
            faults.append(
                .init(name, "out_of_range", ["least": String(range.lowerBound), "most": String(range.upperBound)])
            )
            return fallback
        }
        return number
    }

    /// The point `lon`, `lat`; nil when neither stands there.
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
    mutating func box(_ name: String) -> BoundingBox? {
        guard let text = text(name) else { return nil }
        let numbers = text.split(separator: ",", omittingEmptySubsequences: false).compactMap { Double($0) }
        guard numbers.count == 4, numbers.allSatisfy(\.isFinite), numbers[0] <= numbers[2], numbers[1] <= numbers[3],
            abs(numbers[0]) <= 180, abs(numbers[2]) <= 180, abs(numbers[1]) <= 90, abs(numbers[3]) <= 90
        else {
            faults.append(.init(name, "not_a_box"))
            return nil
        }
        return BoundingBox(west: numbers[0], south: numbers[1], east: numbers[2], north: numbers[3])
    }

    mutating func language(_ request: Request) -> Language {
        guard let text = text("lang") else { return LanguageChoice.accepted(request) ?? .kk }
        guard let language = Language(rawValue: text) else {
            faults.append(.init("lang", "not_a_choice", ["choices": "kk, ru, en"]))
            return .kk
        }
        return language
    }

    mutating func category(_ tree: CategoryTree) -> Gazetteer.Category.ID? {
        guard let text = text("category") else { return nil }
        let id = Gazetteer.Category.ID(text)
        if tree[id] == nil { faults.append(.init("category", "unknown_category")) }
        return id
    }

    mutating func district(_ districts: DistrictMap) -> District.ID? {
        guard let text = text("district") else { return nil }
        let id = District.ID(text)
        if districts[id] == nil {
            let slugs = districts.all.map(\.id.rawValue).joined(separator: ", ")
            faults.append(.init("district", "not_a_choice", ["choices": slugs]))
        }
        return id
    }

    /// `open_at`: `now`, a time of RFC 3339, or a time of Almaty without an offset.
    mutating func openAt() -> LocalTime? {
        guard let text = text("open_at") else { return nil }
        // A plus sign in a query stands for a space, and many clients send an offset unescaped.
        guard let time = Moment.localTime(text.replacing(" ", with: "+")) else {
            faults.append(.init("open_at", "not_a_time"))
            return nil
        }
        return time
    }
}
