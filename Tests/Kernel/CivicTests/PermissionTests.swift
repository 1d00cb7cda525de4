import Civic
import Testing

extension Permission {
    fileprivate static let feed = Permission(rawValue: "feed")
    fileprivate static let walk = Permission(rawValue: "walk")
}

@Suite struct PermissionTests {
    @Test func rolesAreThoseOfTheContract() {
        #expect(
            Role.allCases.map(\.rawValue)
                == ["citizen", "operator", "executor", "deputy", "planner", "editor", "admin"]
        )
        #expect(Role.allCases.filter(\.isStaff).count == 6 && !Role.citizen.isStaff)
    }

    @Test("An administrator holds what any role holds")
    func administrator() {
        let grants = PermissionGrants([.citizen: [.feed], .editor: [.walk]])
        #expect(grants.permissions(of: .admin) == [.feed, .walk])
        #expect(grants.permissions(of: .planner).isEmpty)
        #expect(grants.roles(with: .feed) == [.citizen, .admin])
    }

    @Test("The grants of two features add up, for each role and for the administrator")
    func adding() {
        let both = PermissionGrants([.editor: [.feed]]).adding(PermissionGrants([.editor: [.walk], .deputy: [.walk]]))
        #expect(both.permissions(of: .editor) == [.feed, .walk])
        #expect(both.permissions(of: .deputy) == [.walk])
        #expect(both.permissions(of: .admin) == [.feed, .walk])
    }
}
