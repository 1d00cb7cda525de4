import SiteKit

/// A polyline in pixels: x to the right and y downwards.
struct PictureLine {
    struct Point {
        let x: Double
        let y: Double

        func distance(to other: Point) -> Double {
            ((x - other.x) * (x - other.x) + (y - other.y) * (y - other.y)).squareRoot()
        }
    }

    let points: [Point]

    init(_ points: [Point]) { self.points = points }

    /// The length along all points.
    var length: Double { zip(points, points.dropFirst()).reduce(0) { $0 + $1.0.distance(to: $1.1) } }

    /// The distance between its ends.
    var chord: Double {
        guard let first = points.first, let last = points.last else { return 0 }
        return first.distance(to: last)
    }

    /// The line in the direction in which its label is read: to the right, or upwards if it is steep.
    var readable: PictureLine {
        guard let first = points.first, let last = points.last else { return self }
        let isSteep = abs(first.x - last.x) < abs(first.y - last.y) / 4
        let isBackwards = isSteep ? first.y < last.y : first.x > last.x
        return isBackwards ? PictureLine(points.reversed()) : self
    }

    /// Points at equal steps along the line, including its end.
    func samples(every step: Double) -> [Point] {
        let whole = length
        let steps = max(1, Int((whole / step).rounded()))
        return (0...steps).compactMap { place in
            let length = whole * Double(place) / Double(steps)
            return piece(from: length, to: length).points.first
        }
    }

    /// The part between two distances from its start.
    func piece(from start: Double, to end: Double) -> PictureLine {
        var piece: [Point] = []
        var gone = 0.0
        for (a, b) in zip(points, points.dropFirst()) {
            let step = a.distance(to: b)
            defer { gone += step }
            guard step > 0, gone + step >= start, gone <= end else { continue }
            for length in [max(start, gone), min(end, gone + step)] {
                let share = (length - gone) / step
                piece.append(Point(x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share))
            }
        }
        return PictureLine(piece)
    }

    /// SVG path data, rounded to a tenth of a pixel; points that do not move the pen are omitted.
    var path: String {
        var path = ""
        var last: (Int, Int)?
        for point in points {
            let tenths = (Int((point.x * 10).rounded()), Int((point.y * 10).rounded()))
            if let last, last == tenths { continue }
            path += (last == nil ? "M" : "L") + Self.decimal(tenths.0) + " " + Self.decimal(tenths.1)
            last = tenths
        }
        return path
    }

    private static func decimal(_ tenths: Int) -> String {
        let (whole, rest) = abs(tenths).quotientAndRemainder(dividingBy: 10)
        return (tenths < 0 ? "-" : "") + String(whole) + (rest == 0 ? "" : ".\(rest)")
    }
}
