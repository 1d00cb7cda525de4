import Civic
import Gazetteer
import Geo
import SiteKit

/// Formats what is near a pin.
struct ReverseItems {
    let city: City
    let language: Language

    private var snapshot: GazetteerSnapshot { city.snapshot }

    func write(_ answer: ReverseAnswer, at point: Coordinate, _ writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("inside")
        writer.bool(answer.district != nil)
        writer.key("precision")
        writer.string(answer.precision.rawValue)
        writer.key("district")
        if let district = answer.district {
            writer.raw(city.fragments[language].districts[district])
        } else {
            writer.null()
        }
        writer.key("microdistrict")
        microdistrict(answer.microdistrict, &writer)
        writer.key("street")
        street(answer.street, &writer)
        writer.key("crossing")
        crossing(answer.crossing, &writer)
        writer.key("place")
        place(answer.place, &writer)
        writer.key("results")
        writer.beginArray()
        for found in answer.houses { house(found, &writer) }
        writer.endArray()
        if point.looksSwapped(for: snapshot.districts.bounds) {
            writer.key("hint")
            writer.string("lon_lat_swapped")
        }
        writer.endObject()
    }

    private func house(_ house: ReverseAnswer.House, _ writer: inout JSONWriter) {
        writer.raw(city.fragments[language].openAddress(house.address))
        metres(house.distance, &writer)
        writer.key("side")
        writer.string(house.side?.rawValue)
        writer.key("same_side")
        if let isSame = house.isOnSideOfPin { writer.bool(isSame) } else { writer.null() }
        writer.endObject()
    }

    private func street(_ street: ReverseAnswer.Street?, _ writer: inout JSONWriter) {
        guard let street else { return writer.null() }
        writer.beginObject()
        let subject = GeocodeResult.Subject.street(street.street)
        identity(snapshot.id(of: subject), snapshot.label(of: subject, language).text, &writer)
        metres(street.distance, &writer)
        writer.position(street.foot)
        writer.key("side")
        writer.string(street.side?.rawValue)
        writer.key("parity")
        writer.string(street.parity?.rawValue)
        writer.key("near_house")
        nearHouse(street.likelyNumber, &writer)
        writer.key("districts")
        writer.strings(snapshot.districts(ofStreet: street.street).map(\.id.rawValue))
        writer.endObject()
    }

    private func nearHouse(_ likely: LikelyNumber?, _ writer: inout JSONWriter) {
        guard let likely else { return writer.null() }
        writer.beginObject()
        writer.key("house")
        writer.string(String(likely.number))
        writer.key("uncertainty_m")
        writer.number(likely.uncertainty, decimals: 0)
        writer.endObject()
    }

    private func crossing(_ found: ReverseAnswer.Crossing?, _ writer: inout JSONWriter) {
        guard let found else { return writer.null() }
        let crossing = snapshot.crossings[found.crossing]
        let label = snapshot.label(of: .crossing(found.streets[0], found.streets[1]), language).text
        writer.beginObject()
        identity(crossing.id.rawValue, label, &writer)
        metres(found.distance, &writer)
        writer.position(crossing.position)
        writer.key("streets")
        writer.strings(found.streets.map { snapshot.id(of: .street($0)) })
        writer.endObject()
    }

    private func microdistrict(_ found: ReverseAnswer.Microdistrict?, _ writer: inout JSONWriter) {
        guard let found else { return writer.null() }
        writer.beginObject()
        let label = AddressLabel.microdistrict(found.microdistrict, language: language).text
        identity(found.microdistrict.id.rawValue, label, &writer)
        writer.key("name")
        writer.names(found.microdistrict.names)
        writer.key("kind")
        writer.string(found.microdistrict.kind.rawValue)
        writer.key("by")
        writer.string(found.isOfNearestHouse ? "house" : "middle")
        metres(found.distance, &writer)
        writer.endObject()
    }

    private func place(_ place: ReverseAnswer.Place?, _ writer: inout JSONWriter) {
        guard let place else { return writer.null() }
        writer.beginObject()
        identity(snapshot.id(of: place.subject), snapshot.label(of: place.subject, language).text, &writer)
        writer.key("kind")
        writer.string(snapshot.kind(of: place.subject))
        writer.key("inside")
        writer.bool(place.isInside)
        metres(place.distance, &writer)
        writer.key("direction")
        writer.string(place.direction?.rawValue)
        writer.endObject()
    }

    private func identity(_ id: String, _ label: String, _ writer: inout JSONWriter) {
        writer.key("id")
        writer.string(id)
        writer.key("label")
        writer.string(label)
    }

    private func metres(_ distance: Double?, _ writer: inout JSONWriter) {
        writer.key("distance_m")
        if let distance { writer.number(distance, decimals: 1) } else { writer.null() }
    }
}
