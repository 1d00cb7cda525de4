public import Civic

/// To whom an appeal is addressed.
public enum Addressee: Sendable, Hashable, Codable {
    /// The city decides.
    case city
    /// A body that the applicant names.
    case body(AppealBody.ID)
    /// A deputy of the maslikhat.
    case deputy(DeputyID)
}

/// The location that an appeal is about, with the detail that routing needs.
public struct RoutingPlace: Sendable, Hashable, Codable {
    /// The district, or why there is none.
    public enum Area: Sendable, Hashable, Codable {
        /// In a district.
        case district(DistrictSlug)
        /// Outside the city.
        case outside
        /// No place is known.
        case unknown
    }

    /// The district.
    public let area: Area
    /// The areas with their own borders that contain the place.
    public let polygons: Set<PolygonName>

    /// Makes a place.
    public init(_ area: Area, polygons: Set<PolygonName> = []) {
        self.area = area
        self.polygons = polygons
    }
}

/// What routing bases its decision on; it is kept with the decision, so that the decision can be explained and repeated.
public struct RoutingInputs: Sendable, Hashable, Codable {
    /// The regime.
    public let regime: AppealRegime
    /// The legal kind; nil for a report, and while the kind is not known.
    public let kind: LegalKind?
    /// The addressee.
    public let addressee: Addressee
    /// The leaf of the category.
    public let category: AppealCategory.ID
    /// The place.
    public let place: RoutingPlace
    /// The answers to the category's questions.
    public let answers: [AppealQuestion.ID: String]
    /// The day, for the season and for the rules in force.
    public let day: LocalDate
    /// The version of the district borders by which the place was assigned.
    public let boundaryVersion: String

    /// Makes inputs.
    public init(
        regime: AppealRegime,
        kind: LegalKind? = nil,
        addressee: Addressee = .city,
        category: AppealCategory.ID,
        place: RoutingPlace,
        answers: [AppealQuestion.ID: String] = [:],
        day: LocalDate,
        boundaryVersion: String
    ) {
        self.regime = regime
        self.kind = regime == .official ? kind : nil
        self.addressee = addressee
        self.category = category
        self.place = place
        self.answers = answers
        self.day = day
        self.boundaryVersion = boundaryVersion
    }

    /// The same inputs at another place, as when an uncertain point may be in either of two districts.
    public func at(_ place: RoutingPlace) -> RoutingInputs {
        RoutingInputs(
            regime: regime,
            kind: kind,
            addressee: addressee,
            category: category,
            place: place,
            answers: answers,
            day: day,
            boundaryVersion: boundaryVersion
        )
    }
}
