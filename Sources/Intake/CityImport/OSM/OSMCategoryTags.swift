import Gazetteer

/// The OpenStreetMap tags for the categories of the directory.
enum OSMCategoryTags {
    /// The tags of a category, or else those of its group; empty when neither has an obvious tag.
    static func tags(of category: Gazetteer.Category.ID, group: Gazetteer.Category.ID?) -> OSMTags {
        let pairs = categories[category] ?? group.flatMap { groups[$0] } ?? [:]
        return OSMTags(pairs.map { ($0, $1) })
    }

    private static let categories: [Gazetteer.Category.ID: KeyValuePairs<String, String>] = [
        "akimat": ["amenity": "townhall"],
        "maslikhat": ["office": "government", "government": "legislative"],
        "tax": ["office": "government", "government": "tax"],
        "court": ["amenity": "courthouse"],
        "police": ["amenity": "police"],
        "consulate": ["office": "diplomatic", "diplomatic": "consulate"],
        "hospital": ["amenity": "hospital"],
        "polyclinic": ["amenity": "clinic"],
        "maternity": ["amenity": "hospital", "healthcare:speciality": "obstetrics"],
        "ambulance": ["emergency": "ambulance_station"],
        "kindergarten": ["amenity": "kindergarten"],
        "school": ["amenity": "school"],
        "college": ["amenity": "college"],
        "university": ["amenity": "university"],
        "sports_ground": ["leisure": "pitch"],
        "football_pitch": ["leisure": "pitch", "sport": "soccer"],
        "basketball_court": ["leisure": "pitch", "sport": "basketball"],
        "volleyball_court": ["leisure": "pitch", "sport": "volleyball"],
        "tennis_court": ["leisure": "pitch", "sport": "tennis"],
        "workout_area": ["leisure": "fitness_station"],
        "swimming_pool": ["leisure": "swimming_pool"],
        "stadium": ["leisure": "stadium"],
        "museum": ["tourism": "museum"],
        "theatre": ["amenity": "theatre"],
        "library": ["amenity": "library"],
        "place_of_worship": ["amenity": "place_of_worship"],
        "sight": ["tourism": "attraction"],
        "park": ["leisure": "park"],
        "square": ["leisure": "park"],
        "green_area": ["leisure": "garden"],
        "shopping_centre": ["shop": "mall"],
        "market": ["amenity": "marketplace"],
        "metro_station": ["railway": "station", "station": "subway"],
        "railway_station": ["railway": "station"],
        "bus_station": ["amenity": "bus_station"],
        "airport": ["aeroway": "aerodrome"],
        "hotel": ["tourism": "hotel"],
        "restaurant": ["amenity": "restaurant"],
        "bank": ["amenity": "bank"],
    ]

    private static let groups: [Gazetteer.Category.ID: KeyValuePairs<String, String>] = [
        "government": ["office": "government"],
        "health": ["healthcare": "yes"],
        "education": ["office": "educational_institution"],
        "sport": ["leisure": "sports_centre"],
        "culture": ["tourism": "attraction"],
        "leisure": ["leisure": "yes"],
        "shopping": ["shop": "yes"],
        "tourism": ["tourism": "yes"],
        "finance": ["office": "financial"],
    ]
}
