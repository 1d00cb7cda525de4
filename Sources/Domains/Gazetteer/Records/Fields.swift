public import Geo

/// A record as named texts and a shape: the common form of files, web forms and the database.
public struct Fields: Sendable, Equatable {
    /// The texts by column name; an absent or empty text means "not known".
    public private(set) var values: [String: String]
    /// The geometry, WGS 84 degrees.
    public var shape: Shape?

    // Stored values, either all or those of some columns, are exempt from rules that became stricter later.
    private let areStored: Bool
    private var storedColumns: Set<String> = []

    /// Makes fields from texts and a shape.
    ///
    /// - Parameter isStored: whether they were accepted before; values that a newer rule refuses are then kept unchanged, so
    ///   that a database stays readable.
    public init(_ values: [String: String] = [:], shape: Shape? = nil, isStored: Bool = false) {
        self.values = values
        self.shape = shape
        areStored = isStored
    }

    /// Reads or writes the raw text of a column.
    public subscript(name: String) -> String? {
        get { values[name] }
        set {
            values[name] = newValue
            storedColumns.remove(name)
        }
    }

    /// Sets a column to a stored text, which is exempt from rules that became stricter after it was accepted.
    public mutating func keep(_ text: String, in name: String) {
        values[name] = text
        storedColumns.insert(name)
    }

    /// These fields with all texts marked as stored.
    var kept: Fields {
        var fields = Fields([:], shape: shape)
        for (name, text) in values { fields.keep(text, in: name) }
        return fields
    }

    /// Whether the text of a column comes from the store and is exempt from rules that became stricter later.
    func isStored(_ name: String) -> Bool { areStored || storedColumns.contains(name) }

    /// The text of a column without surrounding white space, or nil when it is empty.
    public func text(_ name: String) -> String? {
        guard let value = values[name] else { return nil }
        let trimmed = value.trimmingSpaces()
        return trimmed.isEmpty ? nil : trimmed
    }

    func required(_ name: String) throws(RecordError) -> String {
        guard let value = text(name) else { throw .missing(field: name) }
        return value
    }

    func list(_ name: String) -> [String] {
        (text(name) ?? "").split(separator: ";").map { String($0).trimmingSpaces() }.filter { !$0.isEmpty }
    }

    func number(_ name: String) throws(RecordError) -> Double? {
        guard let value = text(name) else { return nil }
        // `Double` would also accept "0x1F" and "nan".
        let isDecimal = value.utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) }
        guard isDecimal, let number = Double(value), number.isFinite else {
            throw .malformed(field: name, value: value, expected: "a number")
        }
        return number
    }

    /// A number that is never below zero: a length or a distance.
    func size(_ name: String) throws(RecordError) -> Double? {
        guard let number = try number(name) else { return nil }
        guard number >= 0 else { throw .malformed(field: name, value: "\(number)", expected: "0 or more") }
        return number
    }

    func integer(_ name: String) throws(RecordError) -> Int? {
        guard let value = text(name) else { return nil }
        guard let number = Int(value) else {
            throw .malformed(field: name, value: value, expected: "a whole number")
        }
        return number
    }

    func integer(_ name: String, in range: ClosedRange<Int>) throws(RecordError) -> Int {
        guard let number = try integer(name) else { throw .missing(field: name) }
        guard range.contains(number) else {
            let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
            throw .malformed(field: name, value: "\(number)", expected: expected)
        }
        return number
    }

    func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String,
        or fallback: Choice? = nil
    ) throws(RecordError) -> Choice where Choice.RawValue == String {
        guard let value = text(name) else {
            guard let fallback else { throw .missing(field: name) }
            return fallback
        }
        guard let choice = Choice(rawValue: value) else {
            let expected = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw .malformed(field: name, value: value, expected: "one of \(expected)")
        }
        return choice
    }

    func names(required: Bool = true) throws(RecordError) -> Names {
        let names = Names(kk: text("name_kk"), ru: text("name_ru"), en: text("name_en"))
        if required, names.all.isEmpty { throw .missing(field: "name_kk, name_ru or name_en") }
        return names
    }

    /// Whether a text may become a link on a public page.
    public static func isWebAddress(_ text: String) -> Bool {
        text.hasPrefix("https://") || text.hasPrefix("http://")
    }

    /// The column `website`; it becomes a link on a public page, so only web addresses are accepted.
    func website() throws(RecordError) -> String? {
        guard let site = text("website"), !isStored("website") else { return text("website") }
        guard Self.isWebAddress(site) else {
            throw .malformed(field: "website", value: site, expected: "an address that begins with https://")
        }
        return site
    }

    /// The position from the shape or from the columns `lon` and `lat`.
    ///
    /// - Throws: `RecordError` when only one of the two is given, they are not valid coordinates, or the shape is not a
    ///   point.
    public func position() throws(RecordError) -> Coordinate? {
        switch shape {
        case .point(let coordinate): return coordinate
        case .line: throw .malformed(field: "geometry", value: "a line", expected: "a Point")
        case .area: throw .malformed(field: "geometry", value: "an area", expected: "a Point")
        case nil: return try position("lon", "lat")
        }
    }

    /// The position from two columns, or nil when both are empty.
    ///
    /// - Throws: `RecordError` when only one is given or they are not valid coordinates.
    public func position(_ lon: String, _ lat: String) throws(RecordError) -> Coordinate? {
        let longitude = try number(lon)
        let latitude = try number(lat)
        switch (longitude, latitude) {
        case (nil, nil): return nil
        case (nil, _): throw .missing(field: lon)
        case (_, nil): throw .missing(field: lat)
        case (let longitude?, let latitude?):
            do {
                return try Coordinate(validatingLongitude: longitude, latitude: latitude)
            } catch {
                let value = "\(longitude), \(latitude)"
                throw .malformed(field: "\(lon), \(lat)", value: value, expected: "degrees, WGS 84")
            }
        }
    }

    func line() throws(RecordError) -> MultiLine {
        guard case .line(let line) = shape else { throw .missing(field: "geometry (LineString or MultiLineString)") }
        return line
    }

    func area() throws(RecordError) -> MultiPolygon {
        guard case .area(let area) = shape else { throw .missing(field: "geometry (Polygon or MultiPolygon)") }
        return area
    }

    mutating func write(_ names: Names) {
        self["name_kk"] = names.kk
        self["name_ru"] = names.ru
        self["name_en"] = names.en
    }

    mutating func write(_ list: [String], to name: String) {
        self[name] = list.isEmpty ? nil : list.joined(separator: ";")
    }

    mutating func write(_ position: Coordinate?) {
        shape = position.map { .point($0) }
    }

    mutating func write(_ position: Coordinate, to lon: String, _ lat: String) {
        self[lon] = String(position.longitude)
        self[lat] = String(position.latitude)
    }
}

/// The geometry of a record, WGS 84 degrees.
public enum Shape: Sendable, Equatable {
    /// A position.
    case point(Coordinate)
    /// One or more lines.
    case line(MultiLine)
    /// One or more polygons.
    case area(MultiPolygon)
}

/// An error in one record; the text says how to correct it.
public enum RecordError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A required column is empty.
    case missing(field: String)
    /// A column holds a value of the wrong form.
    case malformed(field: String, value: String, expected: String)
    /// The record names another record that does not exist.
    case unknownReference(field: String, value: String)
    /// The position lies outside the city; `swapped` when exchanging lon and lat would bring it inside.
    case outsideCity(swapped: Bool)
    /// The border of an area crosses or touches itself.
    case invalidArea(reason: String)
    /// The same id occurred before in the same file.
    case duplicate(id: String, line: Int)
    /// The record to delete does not exist.
    case absent(id: String)
    /// The record to delete is named by another one.
    case inUse(id: String, by: String)

    /// The reason, as text for a report.
    public var description: String {
        switch self {
        case .missing(let field): "\(field) is missing"
        case .malformed(let field, let value, let expected):
            "\(field) is “\(value.prefix(80))”; expected \(expected)"
        case .unknownReference(let field, let value): "\(field) names “\(value.prefix(80))”, which does not exist"
        case .outsideCity(let swapped):
            swapped
                ? "the position is outside the city; lon and lat look swapped"
                : "the position is outside the city"
        case .invalidArea(let reason): "the area is not valid: \(reason)"
        case .duplicate(let id, let line): "the id \(id) was already used in line \(line)"
        case .absent(let id): "there is no record \(id)"
        case .inUse(let id, let referrer): "\(id) is named by \(referrer); delete or change that first"
        }
    }
}

extension String {
    func trimmingSpaces() -> String {
        guard let first = firstIndex(where: { !$0.isWhitespace }),
            let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
