import Geo

/// The direction in which the house numbers of a street rise.
///
/// By the street's houses where they tell; else north to south or east to west, the habit of Almaty: of the streets with
/// three known houses and more that run plainly one way, 84 of 97 are numbered so.
struct NumberHeading: Sendable {
    /// Houses whose numbers span less than this do not tell, nor does a correlation with the place below the other.
    private static let shortestSpan = 6
    private static let leastCorrelation = 0.5

    private let origin: Coordinate
    private let ruler: Ruler
    private let isNorthSouth: Bool
    private let sign: Double

    /// - Parameters:
    ///   - box: around the line, or around the part of it that is asked about.
    ///   - rungs: the houses along it.
    ///   - fallback: what counts where the houses do not tell; the habit when nil.
    init(_ box: BoundingBox, _ rungs: [HouseLadder.Rung], else fallback: NumberHeading? = nil) {
        origin = box.center
        ruler = Ruler(latitude: box.center.latitude)
        let isNorthSouth =
            box.height * ruler.metresPerDegreeOfLatitude >= box.width * ruler.metresPerDegreeOfLongitude
        self.isNorthSouth = isNorthSouth
        let told = Self.trend(rungs.map { ($0.number, isNorthSouth ? $0.position.latitude : $0.position.longitude) })
        let inherited = fallback.flatMap { $0.isNorthSouth == isNorthSouth ? $0.sign : nil }
        sign = told ?? inherited ?? -1
    }

    /// Metres along the main direction, rising with the numbers; 0 in the middle of the box.
    func along(_ point: Coordinate) -> Double {
        isNorthSouth
            ? sign * (point.latitude - origin.latitude) * ruler.metresPerDegreeOfLatitude
            : sign * (point.longitude - origin.longitude) * ruler.metresPerDegreeOfLongitude
    }

    // The sign of the correlation between number and place; nil when it is weak or the houses are few.
    private static func trend(_ houses: [(number: Int, place: Double)]) -> Double? {
        guard let least = houses.map(\.number).min(), let most = houses.map(\.number).max(),
            most - least >= shortestSpan
        else { return nil }
        let count = Double(houses.count)
        let meanNumber = houses.reduce(0) { $0 + Double($1.number) } / count
        let meanPlace = houses.reduce(0) { $0 + $1.place } / count
        var (together, ofNumbers, ofPlaces) = (0.0, 0.0, 0.0)
        for house in houses {
            let (number, place) = (Double(house.number) - meanNumber, house.place - meanPlace)
            together += number * place
            ofNumbers += number * number
            ofPlaces += place * place
        }
        let scale = (ofNumbers * ofPlaces).squareRoot()
        guard scale > 0, abs(together) >= leastCorrelation * scale else { return nil }
        return together > 0 ? 1 : -1
    }
}
