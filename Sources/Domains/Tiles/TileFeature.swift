public import Geo

/// Something to draw: a shape with its properties.
public struct TileFeature: Sendable {
    /// The shape, WGS 84 degrees.
    public enum Shape: Sendable {
        /// A position.
        case point(Coordinate)
        /// One or more lines, each of two points or more.
        case lines([[Coordinate]])
        /// One or more polygons.
        case area(MultiPolygon)
    }

    /// Where it is.
    public let shape: Shape
    /// What is known about it, by field name; fields the layer does not declare are left out.
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

    /// The value as the keys of declarations write it.
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
    /// Features each simplified for itself.
    case features([TileFeature])
    /// Areas that share borders, which stay shared; the properties in the order of the areas.
    case coverage(TileCoverage, [[String: TileValue]])
    /// The borders of areas, each once; `outer` is true where nothing lies beyond.
    case borders(TileCoverage)
    /// Points that gather into clusters, each with a key that lasts.
    case clustered([TileFeature], keys: [UInt64])
}

extension TileContents {
    /// Every feature whole, as it is before it is cut and simplified.
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
