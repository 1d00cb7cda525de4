import Civic
import Gazetteer
import Geo
import SiteKit

/// The drawing of a place with its surroundings, and the same as text (`locator`).
struct Locator: Codable, Sendable {
    struct Line: Codable, Sendable {
        let style: String
        var path: String
    }

    struct Name: Codable, Sendable {
        let id: String
        let path: String
        let text: String
        let lang: String?
        let style: String
    }

    let viewbox: String
    let text: String
    let blocks: String
    let lines: [Line]
    let border: String
    let names: [Name]
    let pinX: Int
    let pinY: Int
    let scaleEnd: Int
    let scaleText: String
}

/// Draws the surroundings of a place, for readers without scripts and for print: blocks, named streets, district borders, the
/// pin.
///
/// It shows the nearest few hundred metres. Where they contain no named street, as around an airport or in the mountains, it
/// zooms out until one is visible.
struct LocatorDrawing {
    private static let size = (width: 400.0, height: 300.0)
    /// Metres on the ground from the middle to the left and right edges, smallest first, each with the length of its scale
    /// bar.
    private static let views: [(reach: Double, bar: Double)] = [
        (280, 100), (560, 200), (1_400, 500), (2_800, 1_000), (5_600, 2_000),
    ]
    private static let widest = (reach: 14_000.0, bar: 5_000.0)
    private static let names = 7
    /// The approximate width of a letter in a label, pixels.
    private static let letter = 7.2
    /// The minimum gap between two labels, pixels.
    private static let nameGap = 15.0

    private let ground: LocatorGround
    private let centre: Coordinate
    private let language: Language
    private let ruler: Ruler
    private let box: BoundingBox
    private let bar: Double
    /// Pixels per metre.
    private let scale: Double

    init(_ ground: LocatorGround, around centre: Coordinate, in language: Language) {
        self.ground = ground
        self.centre = centre
        self.language = language
        let ruler = Ruler(latitude: centre.latitude)
        self.ruler = ruler
        let near = Self.views.first { ground.hasStreet(in: Self.box(around: centre, reach: $0.reach, ruler)) }
        let view = near ?? Self.widest
        box = Self.box(around: centre, reach: view.reach, ruler)
        bar = view.bar
        scale = Self.size.width / 2 / view.reach
    }

    private static func box(around centre: Coordinate, reach: Double, _ ruler: Ruler) -> BoundingBox {
        let east = reach / ruler.metresPerDegreeOfLongitude
        let north = reach * size.height / size.width / ruler.metresPerDegreeOfLatitude
        return BoundingBox(
            west: centre.longitude - east,
            south: centre.latitude - north,
            east: centre.longitude + east,
            north: centre.latitude + north
        )
    }

    /// The drawing, with the surrounding streets as text.
    func locator(words: Strings, title: String) -> Locator {
        let lines = ground.lines(in: box)
        let blocks = ground.blocks(in: box).compactMap { box.clip($0.shape) }
        let streets = streetsAround(lines)
        var text = words.text("locator_title", ["name": title])
        if !streets.isEmpty {
            text += " " + words.text("locator_streets", ["streets": streets.joined(separator: ", ")])
        }
        let borders = ground.borders(in: box)
        if !borders.isEmpty {
            let names = Set(borders.flatMap(\.districts).map { $0.names.label(for: language).text }).sorted()
            text += " " + words.text("locator_border", ["districts": names.joined(separator: ", ")])
        }
        return Locator(
            viewbox: "0 0 \(Int(Self.size.width)) \(Int(Self.size.height))",
            text: text,
            blocks: blocks.map(path).joined(),
            lines: drawn(lines),
            border: borders.map { path($0.line) }.joined(),
            names: names(lines),
            pinX: Int(Self.size.width / 2),
            pinY: Int(Self.size.height / 2),
            scaleEnd: Int((12 + bar * scale).rounded()),
            scaleText: words.distance(bar)
        )
    }

    // One path for each class: rivers, or streets of one rank.
    private func drawn(_ lines: [StreetLine]) -> [Locator.Line] {
        var paths: [Locator.Line] = []
        for line in lines {
            let style = line.street == nil ? "river" : "street\(line.rank)"
            let path = parts(of: line).map(path).joined()
            if path.isEmpty { continue }
            if let last = paths.indices.last, paths[last].style == style {
                paths[last].path += path
            } else {
                paths.append(Locator.Line(style: style, path: path))
            }
        }
        let rivers = paths.filter { $0.style == "river" }
        let streets = paths.filter { $0.style != "river" }
        return rivers + streets
    }

    private func parts(of line: StreetLine) -> [[Coordinate]] { line.line.lines.flatMap { box.clip(line: $0) } }

    // The names of the streets nearest to the middle, for the text alternative.
    private func streetsAround(_ lines: [StreetLine]) -> [String] {
        let near = lines.filter { $0.street != nil }.compactMap { line in
            distance(to: line).map { (name: ground.label(of: line, language).text, distance: $0) }
        }
        var names: [String] = []
        for street in near.sorted(by: { ($0.distance, $0.name) < ($1.distance, $1.name) })
        where !names.contains(street.name) && names.count < 4 { names.append(street.name) }
        return names
    }

    private func distance(to line: StreetLine) -> Double? {
        parts(of: line).flatMap { part in
            zip(part, part.dropFirst()).map { ruler.nearest(to: centre, onEdgeFrom: $0, to: $1).1 }
        }.min()
    }

    private func names(_ lines: [StreetLine]) -> [Locator.Name] {
        let (x, y) = (Self.size.width / 2, Self.size.height / 2)
        var taken = [8.0, 22, 36].map { PictureLine.Point(x: x, y: y - $0) }
        var names: [Locator.Name] = []
        var seen: Set<String> = []
        for line in lines.reversed() where names.count < Self.names {
            let label = ground.label(of: line, language)
            let length = Double(label.text.count) * Self.letter
            guard !label.text.isEmpty, !seen.contains(label.text),
                let stretch = stretch(forLength: length, along: parts(of: line), besides: taken)
            else { continue }
            seen.insert(label.text)
            taken += stretch.samples(every: Self.letter)
            let name = Locator.Name(
                id: "locator-\(names.count + 1)",
                path: stretch.path,
                text: label.text,
                lang: label.language == language ? nil : label.language.rawValue,
                style: line.street == nil ? "river" : "street"
            )
            names.append(name)
        }
        return names
    }

    /// Finds a fairly straight part with room for a label.
    private func stretch(
        forLength length: Double,
        along parts: [[Coordinate]],
        besides taken: [PictureLine.Point]
    ) -> PictureLine? {
        for part in parts {
            let line = PictureLine(part.map(point)).readable
            let whole = line.length
            for share in [0.5, 0.3, 0.7, 0.2, 0.8, 0.4, 0.6] {
                let start = whole * share - length / 2
                guard start > 4, start + length < whole - 4 else { continue }
                let stretch = line.piece(from: start, to: start + length)
                let samples = stretch.samples(every: Self.letter)
                let meets = samples.contains { sample in taken.contains { $0.distance(to: sample) < Self.nameGap } }
                if stretch.chord >= 0.93 * length, !meets { return stretch }
            }
        }
        return nil
    }

    private func point(_ coordinate: Coordinate) -> PictureLine.Point {
        let (east, north) = ruler.offset(from: centre, to: coordinate)
        return .init(x: Self.size.width / 2 + east * scale, y: Self.size.height / 2 - north * scale)
    }

    private func path(_ line: [Coordinate]) -> String { PictureLine(line.map(point)).path }

    private func path(_ area: MultiPolygon) -> String {
        area.polygons.flatMap(\.rings).map { path($0.coordinates) + "Z" }.joined()
    }
}
