/// A polyline in a picture: x to the right and y downwards, in pixels.
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

    /// Along all its points.
    var length: Double { zip(points, points.dropFirst()).reduce(0) { $0 + $1.0.distance(to: $1.1) } }

    /// From its first point to its last.
    var chord: Double {
        guard let first = points.first, let last = points.last else { return 0 }
        return first.distance(to: last)
    }

    /// The same line in the direction in which its name is read: to the right, a steep one upwards.
    var readable: PictureLine {
        guard let first = points.first, let last = points.last else { return self }
        let isSteep = abs(first.x - last.x) < abs(first.y - last.y) / 4
        let isBackwards = isSteep ? first.y < last.y : first.x > last.x
        return isBackwards ? PictureLine(points.reversed()) : self
    }

    /// Points along the line at equal steps, its end among them.
    func samples(every step: Double) -> [Point] {
        let whole = length
        let steps = max(1, Int((whole / step).rounded()))
        return (0...steps).compactMap { place in
            let length = whole * Double(place) / Double(steps)
            return piece(from: length, to: length).points.first
        }
    }

    /// The stretch between two lengths from its start.
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

    /// SVG path data, to a tenth of a pixel; a point that does not move the pen is left out.
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
