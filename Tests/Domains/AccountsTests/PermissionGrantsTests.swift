import Accounts
import Civic
import Testing

@Suite struct PermissionGrantsTests {
    @Test("Only an administrator manages accounts, reads the audit log and sees mails", arguments: Role.allCases)
    func administration(role: Role) {
        let own: Set<Permission> = [.manageStaff, .readAudit, .manageMail]
        #expect(PermissionGrants.accounts.permissions(of: role).isDisjoint(with: own) == (role != .admin))
    }

    @Test func aCitizenSeesNobodysData() {
        #expect(PermissionGrants.accounts.permissions(of: .citizen).isEmpty)
        #expect(PermissionGrants.accounts.roles(with: .seePersonalData) == [.operator, .executor, .deputy, .admin])
    }
}
