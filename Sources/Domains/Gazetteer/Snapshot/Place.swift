public import Geo

/// The description of a point: its location and the body responsible.
public struct Place: Sendable {
    /// The district; nil outside the city.
    public let district: District?
    /// The microdistrict of the nearest house, when that house is close enough.
    public let microdistrict: Microdistrict?
    /// The nearest house within reach.
    public let address: Address?
    /// The index of that house in the address book.
    public let addressIndex: Int?
    /// Metres to that house.
    public let addressDistance: Double?
    /// The body responsible.
    public let authority: Authority?
}

extension GazetteerSnapshot {
    /// How far the nearest house may be to describe a point, metres.
    public static let addressReach = 500.0

    /// How far a house may be to determine the microdistrict, metres.
    public static let microdistrictReach = 150.0

    /// Describes a point.
    public func place(at point: Coordinate) -> Place {
        guard let district = districts.district(at: point) else {
            return Place(
                district: nil,
                microdistrict: nil,
                address: nil,
                addressIndex: nil,
                addressDistance: nil,
                authority: nil
            )
        }
        return place(at: point, district: district)
    }

    /// Describes a point that lies in `district`.
    public func place(at point: Coordinate, district: District) -> Place {
        let nearest = addresses.nearest(to: point, count: 1, within: Self.addressReach).first
        let address = nearest.map { addresses.addresses[$0.address] }
        let near = (nearest?.distance ?? .infinity) <= Self.microdistrictReach
        return Place(
            district: district,
            microdistrict: near ? address.flatMap { addresses.microdistrict(of: $0) } : nil,
            address: address,
            addressIndex: nearest?.address,
            addressDistance: nearest?.distance,
            authority: authority(of: district)
        )
    }
}
