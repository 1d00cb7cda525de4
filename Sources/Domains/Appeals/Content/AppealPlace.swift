public import Geo

/// The place that an appeal is about, as the applicant gave it.
public struct AppealPlace: Hashable, Sendable {
    /// How many code points an address or a landmark has.
    public static let lengths = 1...300
    /// The largest uncertainty of a point that is stored, metres.
    public static let maxUncertainty = 5_000.0

    /// The point, WGS 84 degrees; nil when the place is given by words only.
    public let point: Coordinate?
    /// The radius around the point within which the place lies in nine cases of ten, metres; 0 where a person set the point.
    public let uncertainty: Double
    /// The district: that of the point, or the one that the applicant chose; nil outside the city.
    public let district: DistrictSlug?
    /// The address.
    public let address: String?
    /// A landmark nearby.
    public let landmark: String?

    /// Makes a place.
    ///
    /// - Parameter uncertainty: metres.
    /// - Throws: `AppealPlaceFault`.
    public init(
        point: Coordinate? = nil,
        uncertainty: Double = 0,
        district: DistrictSlug? = nil,
        address: String? = nil,
        landmark: String? = nil
    ) throws(AppealPlaceFault) {
        if let point {
            do { try point.validate() } catch { throw .point(error) }
        }
        guard uncertainty >= 0, uncertainty <= Self.maxUncertainty else { throw .uncertainty }
        self.point = point
        self.uncertainty = point == nil ? 0 : uncertainty
        self.district = district
        self.address = try Self.read(address) { .address($0) }
        self.landmark = try Self.read(landmark) { .landmark($0) }
        guard point != nil || self.address != nil || self.landmark != nil || district != nil else { throw .nothing }
    }

    private static func read(
        _ written: String?,
        _ fault: (ContentFault) -> AppealPlaceFault
    ) throws(AppealPlaceFault) -> String? {
        guard let written, written.contains(where: { !$0.isWhitespace }) else { return nil }
        do { return try ContentText.line(written, lengths: lengths) } catch { throw fault(error) }
    }
}

/// Why a place is refused.
public enum AppealPlaceFault: Error, Sendable, Equatable {
    /// Neither a point, nor an address, a landmark or a district.
    case nothing
    /// The point is not a position on Earth.
    case point(GeoError)
    /// The uncertainty is negative, larger than `AppealPlace.maxUncertainty` or not a number.
    case uncertainty
    /// The address.
    case address(ContentFault)
    /// The landmark.
    case landmark(ContentFault)
}

extension AppealPlace: Codable {
    private enum CodingKeys: String, CodingKey {
        case longitude = "lon"
        case latitude = "lat"
        case uncertainty = "uncertainty_m"
        case district
        case address
        case landmark
    }

    /// Reads a stored place.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let longitude = try container.decodeIfPresent(Double.self, forKey: .longitude)
        let latitude = try container.decodeIfPresent(Double.self, forKey: .latitude)
        point = longitude.flatMap { longitude in
            latitude.map { Coordinate(longitude: longitude, latitude: $0) }
        }
        uncertainty = try container.decodeIfPresent(Double.self, forKey: .uncertainty) ?? 0
        district = try container.decodeIfPresent(DistrictSlug.self, forKey: .district)
        address = try container.decodeIfPresent(String.self, forKey: .address)
        landmark = try container.decodeIfPresent(String.self, forKey: .landmark)
    }

    /// Writes the place.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(point?.longitude, forKey: .longitude)
        try container.encodeIfPresent(point?.latitude, forKey: .latitude)
        try container.encode(uncertainty, forKey: .uncertainty)
        try container.encodeIfPresent(district, forKey: .district)
        try container.encodeIfPresent(address, forKey: .address)
        try container.encodeIfPresent(landmark, forKey: .landmark)
    }
}
