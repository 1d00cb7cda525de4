import Geo

/// The borders of the city, within which the positions of its records must lie.
public struct CityLimits: Sendable {
    private let districts: DistrictMap

    /// Takes the borders of the districts.
    public init(_ districts: DistrictMap) { self.districts = districts }

    /// The fields of a record with the district that its position determines; unchanged when it has no position.
    ///
    /// - Throws: `RecordError.outsideCity`, or the error of a position that cannot be read.
    public func located(_ fields: Fields, in layer: Layer) throws(RecordError) -> Fields {
        guard layer != .districts else { return fields }
        let position: Coordinate?
        switch fields.shape {
        case .line(let line):
            try requireTouch(of: line, with: districts.bounds)
            return fields
        case nil where layer == .houseRanges:
            try requireEnds(of: fields, in: districts.bounds)
            return fields
        case .area(let area): position = area.pointOnSurface
        case .point, nil: position = try fields.position()
        }
        guard let position else { return fields }
        guard let district = districts.district(at: position) else {
            throw .outsideCity(swapped: position.looksSwapped(for: districts.bounds))
        }
        var located = fields
        located["district"] = district.id.rawValue
        return located
    }

    // A street or river may run through many districts and beyond the city, but must touch it.
    private func requireTouch(of line: MultiLine, with city: BoundingBox) throws(RecordError) {
        guard !line.touches(city) else { return }
        let swapped = line.lines.joined().contains { $0.looksSwapped(for: city) }
        throw .outsideCity(swapped: swapped)
    }

    // The ends lie on a line that may leave the city, so they must be within its bounding box, not within its border.
    private func requireEnds(of fields: Fields, in city: BoundingBox) throws(RecordError) {
        for (lon, lat) in [HouseRange.firstColumns, HouseRange.lastColumns] {
            guard let end = try fields.position(lon, lat), !city.contains(end) else { continue }
            throw .outsideCity(swapped: end.looksSwapped(for: city))
        }
    }
}

extension Layer {
    /// The names of the fields that say where a record lies.
    var locatingFields: Set<String> {
        guard self == .houseRanges else { return [FieldCorrection.position] }
        let ends = [HouseRange.firstColumns, HouseRange.lastColumns]
        return Set(ends.flatMap { [$0.lon, $0.lat] })
    }
}
