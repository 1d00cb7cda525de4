/// The role of a person in the portal.
public enum Role: String, CaseIterable, Sendable, Codable {
    /// Anyone who registered.
    case citizen
    /// Registers, routes and consults.
    case `operator`
    /// Answers for a district or a department.
    case executor
    /// Answers what is addressed to them.
    case deputy
    /// Sees full statistics, to find where problems cluster.
    case planner
    /// Writes pages and keeps the directory.
    case editor
    /// Keeps the accounts of the staff and the portal itself.
    case admin

    /// The permissions of this role, defined only here.
    public var permissions: Set<Permission> {
        switch self {
        case .citizen: [.fileAppeals]
        case .operator: [.fileAppeals, .registerAppeals, .routeAppeals, .consult, .seePersonalData]
        case .executor: [.fileAppeals, .answerAppeals, .seePersonalData]
        case .deputy: [.fileAppeals, .answerOwnAppeals, .seePersonalData]
        case .planner: [.fileAppeals, .seeFullStatistics]
        case .editor: [.fileAppeals, .editPages, .editDirectory]
        case .admin: Set(Permission.allCases)
        }
    }

    /// Whether this is a role of the city's staff.
    public var isStaff: Bool { self != .citizen }
}

/// Something that a role may do.
public enum Permission: String, CaseIterable, Sendable, Codable {
    /// File appeals and follow one's own.
    case fileAppeals
    /// Register appeals that came by other ways.
    case registerAppeals
    /// Decide who answers.
    case routeAppeals
    /// Answer in consultations.
    case consult
    /// Answer appeals of one's district or department.
    case answerAppeals
    /// Answer appeals addressed to oneself.
    case answerOwnAppeals
    /// See names, addresses and numbers of applicants; each look is written down.
    case seePersonalData
    /// See statistics without the cells hidden that show few people.
    case seeFullStatistics
    /// Write pages and news.
    case editPages
    /// Keep the directory of organizations.
    case editDirectory
    /// Invite staff and change their roles.
    case manageStaff
    /// Read the audit log.
    case readAudit
    /// See mails that could not be sent, and send them again.
    case manageMail
}
