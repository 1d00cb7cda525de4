import Geo

/// The direction in which the house numbers of a street increase.
///
/// Derived from the street's houses where possible, otherwise north to south or east to west, the convention in Almaty: 84
/// of the 97 streets that have three or more known houses and run clearly one way follow it.
struct NumberingDirection: Sendable {
    /// Houses show no direction when their numbers span less than this, or correlate less with position than the next value.
    private static let shortestSpan = 6
    private static let leastCorrelation = 0.5

    private let origin: Coordinate
    private let ruler: Ruler
    private let isNorthSouth: Bool
    private let sign: Double

    /// - Parameters:
    ///   - box: the bounds of the line, or of the part of it in question.
    ///   - entries: the houses along it.
    ///   - fallback: used where the houses do not show a direction; the convention when nil.
    init(_ box: BoundingBox, _ entries: [HouseNumberIndex.Entry], else fallback: NumberingDirection? = nil) {
        origin = box.center
        ruler = Ruler(latitude: box.center.latitude)
        let isNorthSouth =
            box.height * ruler.metresPerDegreeOfLatitude >= box.width * ruler.metresPerDegreeOfLongitude
        self.isNorthSouth = isNorthSouth
        let own = Self.trend(entries.map { ($0.number, isNorthSouth ? $0.position.latitude : $0.position.longitude) })
        let inherited = fallback.flatMap { $0.isNorthSouth == isNorthSouth ? $0.sign : nil }
        sign = own ?? inherited ?? -1
    }

    /// Metres along the main direction, increasing with the numbers; 0 in the centre of the box.
    func along(_ point: Coordinate) -> Double {
        isNorthSouth
            ? sign * (point.latitude - origin.latitude) * ruler.metresPerDegreeOfLatitude
            : sign * (point.longitude - origin.longitude) * ruler.metresPerDegreeOfLongitude
    }

    // The sign of the correlation between number and position; nil when it is weak or there are few houses.
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
