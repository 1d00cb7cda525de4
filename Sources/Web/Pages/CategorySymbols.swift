/// The drawings of categories in the symbol file (`icons.svg`); a category with another `icon` shows its group's.
enum CategorySymbols {
    static let names: Set<String> = [
        "government", "akimat", "akimat-department", "maslikhat", "public-service-centre", "tax", "court", "police",
        "migration", "consulate", "social", "health", "hospital", "polyclinic", "maternity", "ambulance", "education",
        "kindergarten", "school", "college", "university", "sport", "sports-ground", "football-pitch",
        "basketball-court", "volleyball-court", "tennis-court", "workout-area", "swimming-pool", "sports-club",
        "stadium", "culture", "museum", "theatre", "library", "place-of-worship", "sight", "leisure", "park", "square",
        "boulevard", "embankment", "green-area", "pedestrian-area", "shopping", "shopping-centre", "market",
        "transport", "metro-station", "railway-station", "bus-station", "airport", "emergency", "emergency-line",
        "information-line", "tourism", "hotel", "restaurant", "finance", "bank", "other",
    ]
}
