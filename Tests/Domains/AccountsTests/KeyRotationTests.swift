import Civic
import Foundation
import TestSupport
import Testing

@testable import Accounts

@Suite struct KeyRotationTests {
    @Test("After a rotation all values can be opened and found with the new key alone")
    func rotation() async throws {
        let fixture = try AccountFixture()
        let (admin, _) = try await fixture.member("admin@example.kz", username: "boss1", role: .admin)
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        let iin = try IndividualIdentificationNumber("791028302728")
        _ = try await fixture.accounts.editProfile.changeIIN(who, to: iin, password: nil, from: AccountFixture.home)
        try await fixture.accounts.editProfile.changePhone(who, to: try PhoneNumber("+77012345678"))
        _ = try await fixture.accounts.setUpSecondFactor.begin(who, password: nil, from: AccountFixture.home)
        let setUp = try await fixture.accounts.setUpSecondFactor.pending(who)
        #expect(setUp != nil)
        _ = try await fixture.accounts.providerAttempts.keep(
            state: "s",
            Data("verifier".utf8),
            from: AccountFixture.home
        )

        let ring = try fixture.keys.rotated()
        // Before the values are resealed they are found with either key.
        #expect(try await fixture.accounts(keys: ring).lookUpPeople.withIIN(iin, by: admin).map(\.id) == [who.person])
        let rotation = KeyRotation(store: fixture.store, sealer: ValueSealer(ring))
        #expect(try await rotation.run(at: fixture.clock.now) == 4)
        #expect(try await rotation.run(at: fixture.clock.now) == 0)

        let accounts = try fixture.accounts(keys: try ring.withoutOlder())
        #expect(try await accounts.readProfile(of: who.person)?.iin == iin)
        #expect(try await accounts.readProfile(of: who.person)?.phone?.text == "+77012345678")
        #expect(try await accounts.lookUpPeople.withIIN(iin, by: admin).map(\.id) == [who.person])
        #expect(try await accounts.setUpSecondFactor.pending(who) == setUp)
        #expect(try await accounts.providerAttempts.take(state: "s") == Data("verifier".utf8))
    }

    @Test("No key is removed while anything is sealed with it")
    func finishing() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        try await fixture.accounts.editProfile.changePhone(who, to: try PhoneNumber("+77012345678"))
        let ring = try fixture.keys.rotated()
        let rotation = KeyRotation(store: fixture.store, sealer: ValueSealer(ring))
        #expect(try await rotation.run(at: fixture.clock.now) == 1)
        #expect(try await rotation.finish(at: fixture.clock.now) == 0)
        // A server that has not yet read the new key still seals with the older one: this is detected and corrected.
        try await fixture.accounts.editProfile.changePhone(who, to: try PhoneNumber("+77017654321"))
        #expect(try await fixture.store.sealedValueCount { !ValueSealer(ring).isCurrent($0) } == 1)
        #expect(try await rotation.finish(at: fixture.clock.now) == 1)
        let accounts = try fixture.accounts(keys: try ring.withoutOlder())
        #expect(try await accounts.readProfile(of: who.person)?.phone?.text == "+77017654321")
        // If the older key is removed too early, finishing fails.
        try await fixture.accounts.editProfile.changePhone(who, to: try PhoneNumber("+77017654321"))
        let early = KeyRotation(store: fixture.store, sealer: ValueSealer(try ring.withoutOlder()))
        await #expect(throws: CivicError.self) { try await early.finish(at: fixture.clock.now) }
    }

    @Test("If a key is missing nothing is changed")
    func missingKey() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        try await fixture.accounts.editProfile.changePhone(who, to: try PhoneNumber("+77012345678"))
        _ = try await fixture.accounts.editProfile.changeIIN(
            who,
            to: try .init("791028302728"),
            password: nil,
            from: AccountFixture.home
        )
        let rotation = KeyRotation(store: fixture.store, sealer: ValueSealer(try KeyRing.random()))
        await #expect(throws: CivicError.self) { try await rotation.run(at: fixture.clock.now) }
        #expect(try await fixture.accounts.readProfile(of: who.person)?.phone?.text == "+77012345678")
    }

    @Test("After a key is lost for good its values are deleted; second factors are kept and counted")
    func lost() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        try await fixture.accounts.editProfile.changePhone(who, to: try PhoneNumber("+77012345678"))
        _ = try await fixture.accounts.setUpSecondFactor.begin(who, password: nil, from: AccountFixture.home)
        _ = try await fixture.accounts.providerAttempts.keep(
            state: "s",
            Data("verifier".utf8),
            from: AccountFixture.home
        )
        let known = KeyRotation(store: fixture.store, sealer: ValueSealer(try fixture.keys.rotated()))
        #expect(try await known.dropLost(at: fixture.clock.now).isEmpty, "an older key that is at hand is not lost")
        let ring = try KeyRing.random()
        let rotation = KeyRotation(store: fixture.store, sealer: ValueSealer(ring))
        let counts = try await rotation.dropLost(at: fixture.clock.now)
        #expect(counts == [.phone: 1, .secondFactor: 1, .signInAttempt: 1])
        let accounts = try fixture.accounts(keys: ring)
        let profile = try await accounts.readProfile(of: who.person)
        #expect(profile != nil && profile?.phone == nil)
        try await accounts.editProfile.changePhone(who, to: try PhoneNumber("+77017654321"))
        #expect(try await accounts.readProfile(of: who.person)?.phone?.text == "+77017654321")
        #expect(
            try await rotation.dropLost(at: fixture.clock.now).isEmpty,
            "nothing is sealed with the lost key any more"
        )
        try await rotation.requireKeys(from: "the key file")
    }

    @Test("Keys that open no sealed value are told apart from keys that open some, and from an empty database")
    func wrongKeys() async throws {
        let fixture = try AccountFixture()
        let wrong = KeyRotation(store: fixture.store, sealer: ValueSealer(try KeyRing.random()))
        try await wrong.requireKeys(from: "OPENALMATY_SECRET_KEY")
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        try await fixture.accounts.editProfile.changePhone(who, to: try PhoneNumber("+77012345678"))
        let error = await #expect(throws: AccountsError.wrongKeys(place: "OPENALMATY_SECRET_KEY", count: 1)) {
            try await wrong.requireKeys(from: "OPENALMATY_SECRET_KEY")
        }
        #expect(try #require(error).description.hasPrefix("OPENALMATY_SECRET_KEY holds another key"))
        let rotated = KeyRotation(store: fixture.store, sealer: ValueSealer(try fixture.keys.rotated()))
        try await rotated.requireKeys(from: "the key file")
    }
}
