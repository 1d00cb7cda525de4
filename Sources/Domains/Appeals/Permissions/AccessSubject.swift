public import Civic

/// Who wants to do something: the roles and the scope that count for appeals.
public struct AccessSubject: Sendable, Hashable {
    /// The person; nil when nobody is signed in.
    public let person: PersonID?
    /// The role in the portal.
    public let role: Role
    /// Whether the person signs for the bodies of the scope.
    public let isHead: Bool
    /// Whether the person decides on publication.
    public let isModerator: Bool
    /// The bodies of the scope.
    public let bodies: Set<AppealBody.ID>
    /// The districts of the scope; nil for all, and for cases without a district.
    public let districts: Set<DistrictSlug>?
    /// The deputy that the person is.
    public let deputy: DeputyID?
    /// The case for which a mailed link was made, when the request comes by one.
    public let link: AppealID?

    /// Makes a subject.
    public init(
        person: PersonID? = nil,
        role: Role = .citizen,
        isHead: Bool = false,
        isModerator: Bool = false,
        bodies: Set<AppealBody.ID> = [],
        districts: Set<DistrictSlug>? = nil,
        deputy: DeputyID? = nil,
        link: AppealID? = nil
    ) {
        self.person = person
        self.role = role
        self.isHead = isHead
        self.isModerator = isModerator
        self.bodies = bodies
        self.districts = districts
        self.deputy = deputy
        self.link = link
    }

    /// Whether the rows of a role count for this person: those of citizens count for everybody.
    func holds(_ role: AccessRole) -> Bool {
        switch role {
        case .citizen: true
        case .operator: self.role == .operator
        case .executor: self.role == .executor
        case .head: isHead && (self.role == .executor || self.role == .operator)
        case .deputy: self.role == .deputy
        case .planner: self.role == .planner
        case .editor: self.role == .editor
        case .admin: self.role == .admin
        case .link: link != nil
        }
    }

    /// Whether a case is in a scope.
    ///
    /// Nobody acts in an office on a case to which he or she is a party (article 67 of the Code); as a citizen the person may.
    func reaches(_ item: AccessCase?, _ scope: AccessScope, as role: AccessRole) -> Bool {
        guard let item else { return reachesAny(scope) }
        if role != .citizen, role != .link, let person, item.owner == person || item.parties.contains(person) {
            return false
        }
        switch scope {
        case .all: return true
        case .own: return person != nil && item.owner == person
        case .desk: return !bodies.isDisjoint(with: item.bodies) && isInDistricts(item.district)
        case .addressed: return deputy != nil && item.deputy == deputy
        case .sent: return link == item.id
        }
    }

    // Whether there can be a case in a scope.
    private func reachesAny(_ scope: AccessScope) -> Bool {
        switch scope {
        case .all: true
        case .own: person != nil
        case .desk: !bodies.isEmpty
        case .addressed: deputy != nil
        case .sent: link != nil
        }
    }

    private func isInDistricts(_ district: DistrictSlug?) -> Bool {
        guard let districts else { return true }
        return district.map(districts.contains) ?? false
    }
}
