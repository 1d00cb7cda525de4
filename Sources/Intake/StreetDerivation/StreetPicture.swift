import Gazetteer
import Geo

/// A picture of the derived streets as SVG: pale blocks, lines by rank, blue rivers, and names of great streets.
public struct StreetPicture: Sendable {
    // One unit of the picture in metres.
    private static let unit = 10.0

    private let derivation: StreetDerivation
    private let result: DerivedStreets

    /// Takes what to draw.
    public init(_ derivation: StreetDerivation, _ result: DerivedStreets) {
        self.derivation = derivation
        self.result = result
    }

    /// The picture.
    public var svg: String {
        let lines = result.lines.flatMap { line in line.parts.map { (line, plane($0)) } }
        let all = lines.flatMap(\.1.points)
        let (west, east) = (all.map(\.x).min() ?? 0, all.map(\.x).max() ?? 1)
        let (south, north) = (all.map(\.y).min() ?? 0, all.map(\.y).max() ?? 1)
        let frame = Frame(west: west - 300, north: north + 300)
        let size = frame.place(PlanePoint(x: east + 300, y: south - 300))
        var body = [path(of: blocks(), frame, closed: true, style: "fill=\"#e9e4d8\"")]
        for (rank, width) in [(5, 2), (4, 3), (3, 5), (2, 8), (1, 11)] {
            let own = lines.filter { $0.0.street != nil && $0.0.rank == rank }.map(\.1)
            let colour = ["#a8641e", "#c98a3a", "#8f8778", "#a39c8e", "#b9b3a6"][rank - 1]
            body.append(
                path(
                    of: own,
                    frame,
                    closed: false,
                    style: "fill=\"none\" stroke=\"\(colour)\" stroke-width=\"\(width)\""
                )
            )
        }
        let rivers = lines.filter { $0.0.street == nil }.map(\.1)
        body.append(
            path(of: rivers, frame, closed: false, style: "fill=\"none\" stroke=\"#2f7fc1\" stroke-width=\"7\"")
        )
        body += labels(frame)
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size.x) \(size.y)" font-family="sans-serif">
            <title>Streets and rivers of Almaty, derived from city blocks, houses and stops</title>
            <rect width="100%" height="100%" fill="#fbfaf7"/>
            \(body.joined(separator: "\n"))
            </svg>

            """
    }

    private struct Frame {
        let west: Double
        let north: Double

        func place(_ point: PlanePoint) -> (x: Int, y: Int) {
            (Int(((point.x - west) / unit).rounded()), Int(((north - point.y) / unit).rounded()))
        }
    }

    private func plane(_ part: [Coordinate]) -> PlaneLine {
        PlaneLine(points: part.map(derivation.plane.point)).simplified(tolerance: 8)
    }

    private func blocks() -> [PlaneLine] {
        derivation.facts.blocks.compactMap(\.shape).flatMap { $0.polygons }.map { polygon in
            // The two halves are simplified separately, because a ring begins where it ends.
            let points = polygon.exterior.map(derivation.plane.point)
            let half = points.count / 2
            let first = PlaneLine(points: Array(points[...half])).simplified(tolerance: 12)
            let second = PlaneLine(points: Array(points[half...])).simplified(tolerance: 12)
            return PlaneLine(points: first.points + second.points.dropFirst().dropLast())
        }
    }

    private func path(of lines: [PlaneLine], _ frame: Frame, closed: Bool, style: String) -> String {
        var data = ""
        for line in lines {
            var last: (x: Int, y: Int)?
            for point in line.points {
                let place = frame.place(point)
                if let before = last {
                    guard before != place else { continue }
                    data += "l\(place.x - before.x) \(place.y - before.y)"
                } else {
                    data += "M\(place.x) \(place.y)"
                }
                last = place
            }
            if closed { data += "z" }
        }
        return "<path \(style) stroke-linejoin=\"round\" d=\"\(data)\"/>"
    }

    // Names along the middle of the longest part, great streets first; names that would overlap another are left out.
    private func labels(_ frame: Frame) -> [String] {
        let names = Dictionary(
            derivation.facts.streets.map { ($0.id, $0.names.ru ?? $0.names.all.first ?? "") },
            uniquingKeysWith: { first, _ in first }
        )
        let named = result.lines.filter { $0.rank <= 2 }.sorted {
            ($0.rank, -$0.length, $0.id) < ($1.rank, -$1.length, $1.id)
        }
        var taken: [PlanePoint] = []
        return named.compactMap { line in
            let name = line.street.flatMap { names[$0] } ?? line.names.ru ?? ""
            guard let part = line.parts.map(plane).max(by: { $0.length < $1.length }) else { return nil }
            let places = [0.5, 0.35, 0.65, 0.2, 0.8].map { part.point(at: part.length * $0) }
            guard let middle = places.first(where: { place in !taken.contains { $0.distance(to: place) < 900 } }) else {
                return nil
            }
            taken.append(middle)
            let along = part.foot(of: middle)?.along ?? 0
            var way = part.point(at: along + 300) - part.point(at: max(0, along - 300))
            if way.x < 0 { way = way * -1 }
            let (x, y) = frame.place(middle)
            let turn = "\(matrix(way.unit)) \(x) \(y)"
            let colour = line.street == nil ? "#1d5f98" : "#3b2a12"
            let size = line.rank == 1 ? 34 : 26
            return "<text transform=\"matrix(\(turn))\" y=\"\(size / 3)\" text-anchor=\"middle\" font-size=\"\(size)\" "
                + "fill=\"\(colour)\" stroke=\"#fff\" stroke-width=\"6\" paint-order=\"stroke\">\(escaped(name))</text>"
        }
    }

    private func matrix(_ way: PlanePoint) -> String {
        func short(_ value: Double) -> String { "\((value * 1_000).rounded() / 1_000)" }
        return "\(short(way.x)) \(short(-way.y)) \(short(way.y)) \(short(way.x))"
    }

    private func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
    }
}
