import Accounts
import Testing

@Suite struct RoleTests {
    @Test("Only an administrator manages accounts, reads the audit log and sees mails", arguments: Role.allCases)
    func administration(role: Role) {
        let own: Set<Permission> = [.manageStaff, .readAudit, .manageMail]
        #expect(role.permissions.isDisjoint(with: own) == (role != .admin))
    }

    @Test func aCitizenSeesNobodysData() {
        #expect(Role.citizen.permissions == [.fileAppeals])
        #expect(!Role.citizen.isStaff)
        #expect(Role.allCases.filter(\.isStaff).count == 6)
    }

    @Test func rolesAreThoseOfTheContract() {
        #expect(
            Role.allCases.map(\.rawValue)
                == ["citizen", "operator", "executor", "deputy", "planner", "editor", "admin"]
        )
    }
}
