public import Foundation
import Gazetteer
import Geo

/// Writes derived streets as the files of a data folder: stable order, six decimals, one record per line.
public struct StreetFiles: Sendable {
    /// The date of the derivation method, used as the date of the records.
    private static let date = "2026"

    private let streets: DerivedStreets

    /// Takes the streets to write.
    public init(_ streets: DerivedStreets) { self.streets = streets }

    /// Writes `street_lines.geojson`, `crossings.csv` and `house_ranges.csv`.
    ///
    /// - Throws: what the file system throws.
    public func write(to folder: URL) throws {
        for (name, text) in [
            ("street_lines.geojson", lines), ("crossings.csv", crossings), ("house_ranges.csv", ranges),
        ] {
            try Data(text.utf8).write(to: folder.appending(path: name), options: .atomic)
        }
    }

    /// The lines as GeoJSON.
    public var lines: String {
        let features = streets.lines.map(feature)
        return "{\"type\":\"FeatureCollection\",\"features\":[\n" + features.joined(separator: ",\n") + "\n]}\n"
    }

    /// The crossings as CSV.
    public var crossings: String {
        let header = "id,street_a,street_b,lon,lat,precision_m,source,date,confidence\n"
        return header
            + streets.crossings.map { crossing in
                [
                    crossing.id, crossing.first.rawValue, crossing.second.rawValue,
                    degrees(crossing.position.longitude), degrees(crossing.position.latitude),
                    whole(crossing.precision), crossing.source, Self.date, crossing.confidence.rawValue,
                ].joined(separator: ",") + "\n"
            }.joined()
    }

    /// The house ranges as CSV.
    public var ranges: String {
        let header =
            "id,street_id,side,parity,first,last,houses,first_lon,first_lat,last_lon,last_lat,precision_m,source,date,confidence\n"
        return header
            + streets.ranges.map { range in
                [
                    range.id, range.street.rawValue, range.side.rawValue, range.parity.rawValue, String(range.first),
                    String(range.last), String(range.houses), degrees(range.start.longitude),
                    degrees(range.start.latitude), degrees(range.end.longitude), degrees(range.end.latitude),
                    whole(range.precision), "derived", Self.date, range.confidence.rawValue,
                ].joined(separator: ",") + "\n"
            }.joined()
    }

    private func feature(_ line: DerivedStreets.Line) -> String {
        let parts = line.parts.map { part in
            "[" + part.map { "[\(short($0.longitude)),\(short($0.latitude))]" }.joined(separator: ",") + "]"
        }
        let properties = [
            "\"id\":\(quoted(line.id))", "\"street_id\":\(quoted(line.street?.rawValue))",
            "\"kind\":\(quoted(line.kind))", "\"name_kk\":\(quoted(line.names.kk))",
            "\"name_ru\":\(quoted(line.names.ru))", "\"name_en\":\(quoted(line.names.en))", "\"rank\":\(line.rank)",
            "\"width_m\":\(line.width.map(whole) ?? "null")", "\"length_m\":\(whole(line.length))",
            "\"precision_m\":\(whole(line.precision))", "\"blocks\":\(line.pairs)", "\"source\":\"derived\"",
            "\"date\":\"\(Self.date)\"", "\"confidence\":\"\(line.confidence.rawValue)\"",
        ]
        return "{\"type\":\"Feature\",\"id\":\(quoted(line.id)),\"properties\":{\(properties.joined(separator: ","))},"
            + "\"geometry\":{\"type\":\"MultiLineString\",\"coordinates\":[\(parts.joined(separator: ","))]}}"
    }

    private func quoted(_ text: String?) -> String {
        guard let text else { return "null" }
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped)\""
    }

    private func whole(_ value: Double) -> String { String(Int(value.rounded())) }

    // Formats six decimals independently of the locale.
    private func degrees(_ value: Double) -> String {
        let millionths = Int((value * 1e6).rounded())
        let fraction = String(abs(millionths) % 1_000_000)
        let zeros = String(repeating: "0", count: 6 - fraction.count)
        return "\(millionths < 0 ? "-" : "")\(abs(millionths) / 1_000_000).\(zeros)\(fraction)"
    }

    private func short(_ value: Double) -> String {
        var text = degrees(value)
        while text.hasSuffix("0") { text.removeLast() }
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }
}
