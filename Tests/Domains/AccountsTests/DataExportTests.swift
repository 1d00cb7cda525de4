import Civic
import Foundation
import TestSupport
import Testing

@testable import Accounts

@Suite struct DataExportTests {
    private func copy(of who: SignedIn, _ fixture: AccountFixture) async throws -> Data {
        let outcome = try await fixture.accounts.exportPersonalData(
            of: who,
            password: AccountFixture.password,
            from: AccountFixture.home,
            participants: [fixture.accounts.accountPersonalData]
        )
        guard case .exported(let data) = outcome else { throw AccountFixture.Unexpected(what: "\(outcome)") }
        return data
    }

    @Test("An open session alone is not enough to export the data")
    func proof() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        for password in [nil, "", "wrong"] {
            let outcome = try await fixture.accounts.exportPersonalData(
                of: who,
                password: password,
                from: AccountFixture.home,
                participants: [fixture.accounts.accountPersonalData]
            )
            #expect(outcome == .refused(.wrong))
        }
        let events = try await fixture.store.events(before: nil, of: who.person, limit: 20)
        #expect(!events.contains { $0.event.kind == .dataExported })
    }

    @Test func theCopyIsReadableAndOnRecord() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        _ = try await fixture.accounts.editProfile.changeIIN(
            who,
            to: try .init("791028302728"),
            password: nil,
            from: AccountFixture.home
        )
        let data = try await copy(of: who, fixture)
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let account = try #require(object["account"] as? [String: Any])
        #expect(account["iin"] as? String == "791028302728")
        #expect(account["name"] as? String == "Әсел Нұрланқызы")
        #expect(account["has_password"] as? Bool == true)
        let events = try #require(object["events"] as? [[String: Any]])
        #expect(events.last?["kind"] as? String == "dataExported")
        // It contains neither hashes nor secrets.
        let text = String(decoding: data, as: UTF8.self)
        #expect(!text.contains("argon2id"))
        #expect(!text.lowercased().contains("token"))
    }

    @Test func nothingOfOthersIsInIt() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        _ = try await fixture.member("dana@example.kz", name: "Дана Сейтқызы", username: "dana77")
        let text = String(decoding: try await copy(of: who, fixture), as: UTF8.self)
        #expect(!text.contains("dana") && !text.contains("Дана"))
    }
}
