public import Civic

/// What the permissions need to know of a case.
public struct AccessCase: Sendable, Hashable {
    /// The appeal.
    public let id: AppealID
    /// The regime.
    public let regime: AppealRegime
    /// The account of the applicant.
    public let owner: PersonID?
    /// Other parties to the case, such as co-applicants and the official complained of.
    public let parties: Set<PersonID>
    /// The present body, and the bodies of its parts.
    public let bodies: Set<AppealBody.ID>
    /// The district of the matter.
    public let district: DistrictSlug?
    /// The deputy to whom it is addressed.
    public let deputy: DeputyID?

    /// Makes a case.
    public init(
        id: AppealID,
        regime: AppealRegime,
        owner: PersonID?,
        parties: Set<PersonID> = [],
        bodies: Set<AppealBody.ID>,
        district: DistrictSlug?,
        deputy: DeputyID? = nil
    ) {
        self.id = id
        self.regime = regime
        self.owner = owner
        self.parties = parties
        self.bodies = bodies
        self.district = district
        self.deputy = deputy
    }
}
