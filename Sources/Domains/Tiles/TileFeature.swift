public import Geo

/// Something to draw: a shape with its properties.
public struct TileFeature: Sendable {
    /// The shape, WGS 84 degrees.
    public enum Shape: Sendable {
        /// A position.
        case point(Coordinate)
        /// One or more lines, each of at least two points.
        case lines([[Coordinate]])
        /// One or more polygons.
        case area(MultiPolygon)
    }

    /// The shape.
    public let shape: Shape
    /// The properties by field name; fields that the layer does not declare are left out.
    public let properties: [String: TileValue]

    /// Makes a feature.
    public init(_ shape: Shape, _ properties: [String: TileValue?]) {
        self.shape = shape
        self.properties = properties.compactMapValues { $0 }
    }
}

/// A value of a property.
public enum TileValue: Sendable, Hashable {
    /// A text, UTF-8.
    case text(String)
    /// A whole number.
    case number(Int)
    /// A number with a fraction.
    case decimal(Double)
    /// Yes or no.
    case flag(Bool)

    /// The value in the form used by keys of declarations.
    var name: String {
        switch self {
        case .text(let text): text
        case .number(let number): String(number)
        case .decimal(let number): String(number)
        case .flag(let flag): String(flag)
        }
    }
}

/// What a layer is made from.
public enum TileContents: Sendable {
    /// Features that are simplified independently of each other.
    case features([TileFeature])
    /// Areas that share borders, which stay shared; the properties are in the order of the areas.
    case coverage(TileCoverage, [[String: TileValue]])
    /// The borders of areas, each once; `outer` is true where the other side is outside all areas.
    case borders(TileCoverage)
    /// Points that gather into clusters, each with a permanent key.
    case clustered([TileFeature], keys: [UInt64])
}

extension TileContents {
    /// Every feature before it is clipped and simplified.
    public var features: [TileFeature] {
        switch self {
        case .features(let features), .clustered(let features, _): features
        case .coverage(let coverage, let properties):
            zip(coverage.partition.areas, properties).map { TileFeature(.area($0), $1) }
        case .borders(let coverage):
            BorderLines(coverage.partition.areas).lines.map {
                TileFeature(.lines([$0.points]), ["outer": .flag($0.isOuter)])
            }
        }
    }
}
