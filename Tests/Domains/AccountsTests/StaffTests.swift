import Civic
import TestSupport
import Testing

@testable import Accounts

@Suite struct StaffTests {
    @Test("Each view of personal data is recorded, and so is reading the audit log")
    func looks() async throws {
        let fixture = try AccountFixture()
        let (admin, _) = try await fixture.member("admin@example.kz", username: "boss1", role: .admin)
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        let iin = try IndividualIdentificationNumber("791028302728")
        _ = try await fixture.accounts.editProfile.changeIIN(who, to: iin, password: nil, from: AccountFixture.home)
        #expect(try await fixture.accounts.lookUpPeople.matching("әсел н", by: admin).map(\.id).contains(who.person))
        #expect(try await fixture.accounts.lookUpPeople.person(who.person, by: admin)?.iin == iin)
        #expect(try await fixture.accounts.lookUpPeople.withIIN(iin, by: admin).map(\.id) == [who.person])
        let events = try await fixture.accounts.readAuditLog(of: who.person, by: admin).events.map(\.event)
        #expect(events.filter { $0.kind == .personalDataViewed }.map(\.detail) == ["iin", "profile", "list"])
        #expect(events.filter { $0.kind == .personalDataViewed }.allSatisfy { $0.actor == admin.person })
        let read = try await fixture.store.events(before: nil, of: admin.person, limit: 1)
        #expect(read.first?.event.kind == .auditRead)
    }

    @Test func citizensSeeNobody() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        await #expect(throws: CivicError.forbidden(.manageStaff)) {
            try await fixture.accounts.lookUpPeople.matching("", by: who)
        }
        await #expect(throws: CivicError.forbidden(.seePersonalData)) {
            try await fixture.accounts.lookUpPeople.person(who.person, by: who)
        }
        await #expect(throws: CivicError.forbidden(.readAudit)) { try await fixture.accounts.readAuditLog(by: who) }
    }

    @Test("People are found by the beginning of name, user name and address, whatever is typed")
    func search() async throws {
        let fixture = try AccountFixture()
        let (admin, _) = try await fixture.member("admin@example.kz", username: "boss1", role: .admin)
        let (who, _) = try await fixture.member("zhanar@example.kz", name: "Жанар Ибраева", username: "zh77")
        for text in ["жанар", "ЖАНАР И", "zh77", "ZHANAR@"] {
            #expect(
                try await fixture.accounts.lookUpPeople.matching(text, by: admin).map(\.id) == [who.person],
                "\(text)"
            )
        }
        for text in ["%", "_", "' OR 1=1", "ибраева"] {
            #expect(try await fixture.accounts.lookUpPeople.matching(text, by: admin).isEmpty, "\(text)")
        }
    }

    @Test("An empty search lists the staff, and nobody else is recorded as viewed")
    func staffAlone() async throws {
        let fixture = try AccountFixture()
        let (admin, _) = try await fixture.member("admin@example.kz", username: "boss1", role: .admin)
        let (who, _) = try await fixture.member("zhanar@example.kz", username: "zh77")
        #expect(try await fixture.accounts.lookUpPeople.matching("", by: admin).map(\.id) == [admin.person])
        let events = try await fixture.accounts.readAuditLog(of: who.person, by: admin).events
        #expect(!events.contains { $0.event.kind == .personalDataViewed })
    }

    @Test func theRecordIsReadInPages() async throws {
        let fixture = try AccountFixture()
        let (admin, _) = try await fixture.member("admin@example.kz", username: "boss1", role: .admin)
        for index in 0..<5 { _ = try await fixture.member("p\(index)@example.kz", username: "person\(index)") }
        var (seen, before): ([Int64], Int64?) = ([], nil)
        while true {
            let page = try await fixture.accounts.readAuditLog(before: before, limit: 3, by: admin).events
            guard let last = page.last else { break }
            seen += page.map(\.id)
            before = last.id
        }
        #expect(seen == seen.sorted(by: >))
        #expect(Set(seen).count == seen.count)
        #expect(seen.last == 1)
    }

    @Test("The audit log names people to readers who may see personal data, and records that it did")
    func namesInTheLog() async throws {
        let fixture = try AccountFixture()
        let (admin, _) = try await fixture.member("admin@example.kz", username: "boss1", role: .admin)
        let (who, _) = try await fixture.member("zhanar@example.kz", name: "Жанар Ибраева", username: "zh77")
        let (gone, _) = try await fixture.member("gone@example.kz", username: "gone1")
        _ = try await fixture.accounts.deleteAccount.erase(
            gone,
            password: AccountFixture.password,
            from: AccountFixture.home
        )
        let reading = try await fixture.accounts.readAuditLog(by: admin)
        #expect(reading.events.contains { $0.event.subject == gone.person })
        #expect(reading.names?[who.person]?.text == "Жанар Ибраева")
        #expect(reading.names?[gone.person] == nil && reading.names?[admin.person] != nil)
        let newest = try await fixture.store.events(before: nil, of: nil, limit: 1).first?.event
        #expect(newest?.kind == .auditRead && newest?.detail == "names")
    }

    @Test("A search is folded in the way each column is, for whole words and beginnings")
    func foldedSearch() async throws {
        let fixture = try AccountFixture()
        let (admin, _) = try await fixture.member("admin@example.kz", username: "boss1", role: .admin)
        let (who, _) = try await fixture.member("o\u{FB03}ce@қаз.kz", name: "Жанар Ибраева", username: "Сауле.77")
        for text in [
            "office@", "O\u{FB03}ce", "ｏｆｆｉｃｅ@", "office@xn--80ao21a.kz", "office@ҚАЗ", "Сауле", "caу", "Cayле.7",
            "ЖАНАР",
        ] {
            #expect(
                try await fixture.accounts.lookUpPeople.matching(text, by: admin).map(\.id) == [who.person],
                "\(text)"
            )
        }
    }
}
