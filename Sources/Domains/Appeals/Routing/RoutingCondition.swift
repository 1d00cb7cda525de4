/// When a routing rule applies; an empty part applies always.
public struct RoutingCondition: Sendable, Hashable {
    /// Which addressees.
    public enum AddresseeCondition: Sendable, Hashable {
        /// Any.
        case any
        /// Where the city decides.
        case city
        /// Any body that the applicant names.
        case anyBody
        /// One body.
        case body(AppealBody.ID)
        /// Any deputy.
        case deputy
    }

    /// Which places.
    public enum AreaCondition: Sendable, Hashable {
        /// Any, including an unknown one.
        case any
        /// In one of these districts.
        case districts(Set<DistrictSlug>)
        /// In an area with its own border.
        case polygon(PolygonName)
        /// Outside the city.
        case outside
    }

    /// The regimes; empty for both.
    public let regimes: Set<AppealRegime>
    /// The legal kinds; empty for all, including reports.
    public let kinds: Set<LegalKind>
    /// The addressee.
    public let addressee: AddresseeCondition
    /// A group or a leaf; nil for all.
    public let category: AppealCategory.ID?
    /// The area.
    public let area: AreaCondition
    /// The answers, all of which have to be given.
    public let answers: [AnswerCondition]
    /// The season; nil for the whole year.
    public let season: Season?

    init(
        regimes: Set<AppealRegime> = [],
        kinds: Set<LegalKind> = [],
        addressee: AddresseeCondition = .any,
        category: AppealCategory.ID? = nil,
        area: AreaCondition = .any,
        answers: [AnswerCondition] = [],
        season: Season? = nil
    ) {
        self.regimes = regimes
        self.kinds = kinds
        self.addressee = addressee
        self.category = category
        self.area = area
        self.answers = answers
        self.season = season
    }

    /// The first part that does not hold; nil when all hold.
    func mismatch(with inputs: RoutingInputs) -> RoutingMismatch? {
        if !regimes.isEmpty, !regimes.contains(inputs.regime) { return .regime }
        if !kinds.isEmpty, !(inputs.kind.map(kinds.contains) ?? false) { return .kind }
        if !holds(for: inputs.addressee) { return .addressee }
        if let category, category != inputs.category, !inputs.category.rawValue.hasPrefix(category.rawValue + ".") {
            return .category
        }
        if !holds(for: inputs.place) { return .area }
        if !answers.allSatisfy({ inputs.answers[$0.question] == $0.value }) { return .answers }
        if let season, !season.contains(inputs.day) { return .season }
        return nil
    }

    private func holds(for addressee: Addressee) -> Bool {
        switch (self.addressee, addressee) {
        case (.any, _), (.city, .city), (.anyBody, .body), (.deputy, .deputy): true
        case (.body(let wanted), .body(let given)): wanted == given
        default: false
        }
    }

    private func holds(for place: RoutingPlace) -> Bool {
        switch area {
        case .any: true
        case .outside: place.area == .outside
        case .polygon(let name): place.polygons.contains(name)
        case .districts(let slugs):
            if case .district(let slug) = place.area { slugs.contains(slug) } else { false }
        }
    }
}

/// Why a rule did not apply.
public enum RoutingMismatch: String, Sendable, Hashable, CaseIterable {
    /// It is switched off, or not in force on the day.
    case notInForce = "not_in_force"
    /// Another regime.
    case regime
    /// Another legal kind.
    case kind
    /// Another addressee.
    case addressee
    /// Another category.
    case category
    /// Another area.
    case area
    /// Other answers.
    case answers
    /// Another season.
    case season
    /// It names the akimat of the district, the addressee or the deputy, and there is none.
    case noTarget = "no_target"
}
