import Geo

extension GeoError {
    /// What is wrong, in words, for a report.
    var reason: String {
        switch self {
        case .notFinite: "a coordinate is no number"
        case .longitudeOutOfRange(let degrees): "the longitude \(degrees) is outside -180…180"
        case .latitudeOutOfRange(let degrees): "the latitude \(degrees) is outside -90…90"
        case .ringTooShort(let points): "a ring has \(points) points; at least 4 are needed"
        case .ringNotClosed(let first, let last): "a ring begins at \(first.text) and ends at \(last.text)"
        case .ringWithoutInterior(let first): "the ring at \(first.text) encloses nothing"
        case .lineTooShort(let points): "the line has \(points) points; at least 2 are needed"
        case .lineWithoutLength(let place): "all points of the line are at \(place.text)"
        case .empty: "it is empty"
        case .notACoverage(let fault): fault.reason
        default: "\(self)"
        }
    }
}

extension CoverageFault {
    /// What is wrong and where, in words, for a report.
    var reason: String {
        switch self {
        case .duplicateEdge(let from, let to, _): "the border from \(from.text) to \(to.text) is run twice"
        case .crossing(let first, let second, _):
            "the border crosses itself between \(first.map(\.text).joined(separator: " and ")) "
                + "and between \(second.map(\.text).joined(separator: " and "))"
        case .tJunction(let vertex, _, _): "the border touches itself at \(vertex.text)"
        case .overlap(let place, _): "the areas overlap at \(place.text)"
        case .gap(let place, _, let area): "there is a gap of \(Int(area.rounded())) m² at \(place.text)"
        }
    }
}

extension Coordinate {
    fileprivate var text: String { "[\(longitude), \(latitude)]" }
}
