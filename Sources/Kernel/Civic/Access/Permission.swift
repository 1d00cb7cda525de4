/// Something that a role may do.
///
/// Each domain declares its permissions as static members and grants them to roles with `PermissionGrants`.
public struct Permission: RawRepresentable, Hashable, Sendable {
    /// The name, unique in the portal.
    public let rawValue: String

    /// Names a permission.
    public init(rawValue: String) { self.rawValue = rawValue }
}

extension Permission {
    /// See names, addresses and numbers of citizens; each access is recorded in the audit log.
    public static let seePersonalData = Permission(rawValue: "seePersonalData")
}

/// Which roles hold which permissions: the sum of what all features declare.
public struct PermissionGrants: Sendable, Equatable {
    private var roles: [Role: Set<Permission>]

    /// Declares grants.
    ///
    /// An administrator holds every permission that is granted to any role, so it need not be listed.
    public init(_ roles: [Role: Set<Permission>]) {
        self.roles = roles
        self.roles[.admin, default: []].formUnion(roles.values.joined())
    }

    /// These grants together with those of another feature.
    public func adding(_ other: PermissionGrants) -> PermissionGrants {
        PermissionGrants(roles.merging(other.roles) { $0.union($1) })
    }

    /// The permissions of a role.
    public func permissions(of role: Role) -> Set<Permission> { roles[role] ?? [] }

    /// The roles that hold a permission.
    public func roles(with permission: Permission) -> [Role] {
        Role.allCases.filter { permissions(of: $0).contains(permission) }
    }
}
