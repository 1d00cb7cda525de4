import Civic
import TestSupport
import Testing

@testable import Accounts

@Suite struct InvitationsTests {
    @Test func anInvitedPersonGivesNameAndAgreement() async throws {
        let fixture = try AccountFixture()
        let (admin, _) = try await fixture.member("admin@example.kz", username: "boss1", role: .admin)
        let accounts = fixture.accounts
        let email = try EmailAddress("oper@example.kz")
        guard
            case .invited(let token) = try await accounts.inviteStaff(email, role: .operator, language: .kk, by: admin)
        else {
            throw AccountFixture.Unexpected(what: "not invited")
        }
        #expect(try await fixture.takeMails().map(\.recipient).contains("oper@example.kz"))
        let pending = try #require(try await accounts.activateAccount.pending(token))
        #expect(pending.name == nil && pending.role == .operator && pending.needsAgreement && pending.needsPassword)
        func accept(_ name: String?, _ isAgreed: Bool) async throws -> ActivationOutcome {
            try await accounts.activateAccount.activate(
                token,
                password: AccountFixture.password,
                username: "oper1",
                name: try name.map { try PersonName($0) },
                agreement: isAgreed ? accounts.settings.agreement : nil,
                device: AccountFixture.firefox,
                from: AccountFixture.home
            )
        }
        #expect(try await accept(nil, true) == .needsName)
        #expect(try await accept("Ерлан", false) == .needsAgreement)
        guard case .activated(let session) = try await accept("Ерлан", true) else {
            throw AccountFixture.Unexpected(what: "not made")
        }
        #expect(try await fixture.who(session).permissions == AccountFixture.grants.permissions(of: .operator))
        #expect(
            try await accounts.inviteStaff(email, role: .editor, language: .kk, by: admin)
                == .alreadyRegistered(session.person)
        )
    }

    @Test("Only administrators can invite and assign roles", arguments: Role.allCases.filter { $0 != .admin })
    func forbidden(role: Role) async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel1", role: role)
        let email = try EmailAddress("oper@example.kz")
        await #expect(throws: CivicError.forbidden(.manageStaff)) {
            try await fixture.accounts.inviteStaff(email, role: .admin, language: .kk, by: who)
        }
        await #expect(throws: CivicError.forbidden(.manageStaff)) {
            try await fixture.accounts.changeRole(of: who.person, to: .admin, by: who)
        }
        #expect(try await fixture.store.person(who.person)?.role == role)
    }

    @Test func aChangeOfRoleIsMailedRecordedAndHoldsAtOnce() async throws {
        let fixture = try AccountFixture()
        let (admin, _) = try await fixture.member("admin@example.kz", username: "boss1", role: .admin)
        let (who, session) = try await fixture.member("asel@example.kz", username: "asel")
        _ = try await fixture.takeMails()
        #expect(try await fixture.accounts.changeRole(of: who.person, to: .editor, by: admin) == .changed)
        #expect(try await fixture.who(session).may(.editPages))
        #expect(try await fixture.takeMails().map(\.message.subject) == ["roleChanged"])
        let event = try #require(try await fixture.store.events(before: nil, of: who.person, limit: 1).first?.event)
        #expect(event.kind == .roleChanged && event.actor == admin.person && event.detail == "citizen → editor")
        #expect(try await fixture.accounts.changeRole(of: who.person, to: .citizen, by: admin) == .changed)
        #expect(try await !fixture.who(session).may(.editPages))
    }

    @Test func theLastAdministratorStays() async throws {
        let fixture = try AccountFixture()
        let (admin, _) = try await fixture.member("admin@example.kz", username: "boss1", role: .admin)
        #expect(
            try await fixture.accounts.changeRole(of: admin.person, to: .citizen, by: admin) == .lastAdministrator
        )
        let outcome = try await fixture.accounts.deleteAccount.erase(
            admin,
            password: AccountFixture.password,
            from: AccountFixture.home
        )
        #expect(outcome == .lastAdministrator)
        let (other, _) = try await fixture.member("two@example.kz", username: "boss2", role: .admin)
        #expect(try await fixture.accounts.changeRole(of: admin.person, to: .citizen, by: other) == .changed)
    }

    @Test("Invitations become void when the inviter may no longer invite", arguments: [true, false])
    func formerAdministrator(isErased: Bool) async throws {
        let fixture = try AccountFixture()
        let accounts = fixture.accounts
        let (admin, _) = try await fixture.member("admin@example.kz", username: "boss1", role: .admin)
        let (other, _) = try await fixture.member("two@example.kz", username: "boss2", role: .admin)
        let email = try EmailAddress("accomplice@example.kz")
        guard case .invited(let token) = try await accounts.inviteStaff(email, role: .admin, language: .kk, by: admin)
        else {
            throw AccountFixture.Unexpected(what: "not invited")
        }
        if isErased {
            _ = try await accounts.deleteAccount.erase(
                admin,
                password: AccountFixture.password,
                from: AccountFixture.home
            )
        } else {
            #expect(try await accounts.changeRole(of: admin.person, to: .editor, by: other) == .changed)
        }
        #expect(try await accounts.activateAccount.pending(token) == nil)
        let outcome = try await accounts.activateAccount.activate(
            token,
            password: AccountFixture.password,
            username: "accomplice",
            name: try PersonName("Ерлан"),
            agreement: accounts.settings.agreement,
            device: AccountFixture.firefox,
            from: AccountFixture.home
        )
        #expect(outcome == .expired)
        #expect(try await fixture.store.credentials(for: .email(key: email.key)) == nil)
    }

    @Test("The command line makes a link that is not mailed")
    func console() async throws {
        let fixture = try AccountFixture()
        let email = try EmailAddress("first@example.kz")
        let outcome = try await fixture.accounts.inviteStaff.fromConsole(
            email,
            role: .admin,
            language: .en,
            isMailed: false
        )
        guard case .invited(let token) = outcome else { throw AccountFixture.Unexpected(what: "\(outcome)") }
        #expect(try await fixture.takeMails().isEmpty)
        #expect(try await fixture.accounts.activateAccount.pending(token)?.role == .admin)
        fixture.clock.advance(by: 7 * 86_400)
        #expect(try await fixture.accounts.activateAccount.pending(token) == nil)
    }

    @Test("Granting rights needs the password or the second factor within the last minutes, not just a session")
    func freshProof() async throws {
        let fixture = try AccountFixture()
        let accounts = fixture.accounts
        let (admin, session) = try await fixture.member("admin@example.kz", username: "boss1", role: .admin)
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        let email = try EmailAddress("oper@example.kz")
        fixture.clock.advance(by: 301)
        for role in [Role.operator, .citizen] {
            #expect(try await accounts.changeRole(of: who.person, to: role, by: admin) == .needsProof)
        }
        #expect(try await accounts.inviteStaff(email, role: .admin, language: .kk, by: admin) == .needsProof)
        #expect(try await fixture.takeMails().allSatisfy { $0.recipient != "oper@example.kz" })
        func prove(_ password: String?, code: String? = nil) async throws -> ProofOutcome {
            try await accounts.proveOwnership.proveForRights(
                admin,
                password: password,
                code: code,
                from: AccountFixture.home
            )
        }
        #expect(try await prove(nil) == .needsFreshSignIn)
        #expect(try await prove("") == .needsFreshSignIn)
        #expect(try await prove("not it at all") == .wrong)
        // A code does not replace an existing password.
        #expect(try await prove(nil, code: "000000") == .needsFreshSignIn)
        #expect(try await accounts.changeRole(of: who.person, to: .editor, by: admin) == .needsProof)
        #expect(try await prove(AccountFixture.password) == .proved)
        fixture.clock.advance(by: 300)
        #expect(try await accounts.changeRole(of: who.person, to: .editor, by: admin) == .changed)
        // The proof is valid for as long as a fresh sign-in, and ends with the session.
        fixture.clock.advance(by: 1)
        #expect(try await accounts.changeRole(of: who.person, to: .citizen, by: admin) == .needsProof)
        _ = try await accounts.manageSessions.end(session.id, of: admin)
        #expect(try await accounts.changeRole(of: who.person, to: .citizen, by: admin) == .needsProof)
    }
}
