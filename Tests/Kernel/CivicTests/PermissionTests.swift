import Civic
import Foundation
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

    @Test("A signed-in person gains what features grant to the role, and nothing while a second factor is missing")
    func granted() throws {
        let grants = PermissionGrants([.editor: [.walk], .citizen: [.feed]])
        func person(_ role: Role, mustSetUp: Bool) throws -> SignedIn {
            SignedIn(
                person: PersonID(rawValue: 1),
                session: SessionID(rawValue: 1),
                name: try PersonName("Әсел"),
                username: try Username("asel"),
                language: .kk,
                role: role,
                permissions: [],
                mustSetUpSecondFactor: mustSetUp,
                formSeed: Data(),
                expires: .distantFuture
            )
        }
        #expect(try person(.editor, mustSetUp: false).granted(by: grants).permissions == [.walk])
        #expect(try person(.editor, mustSetUp: true).granted(by: grants).permissions == [.feed])
        #expect(try person(.planner, mustSetUp: false).granted(by: grants).permissions.isEmpty)
    }

    @Test("The grants of two features add up, for each role and for the administrator")
    func adding() {
        let both = PermissionGrants([.editor: [.feed]]).adding(PermissionGrants([.editor: [.walk], .deputy: [.walk]]))
        #expect(both.permissions(of: .editor) == [.feed, .walk])
        #expect(both.permissions(of: .deputy) == [.walk])
        #expect(both.permissions(of: .admin) == [.feed, .walk])
    }
}
