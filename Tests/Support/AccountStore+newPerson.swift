public import Accounts
public import Civic
public import Foundation

extension AccountStore {
    /// Stores a registration and makes an account of it, with a session that ends after ten seconds.
    ///
    /// - Parameter number: distinguishes the address, the username and the hashes of the tokens: that of the registration consists of
    ///   this byte, that of the session of this byte plus 100.
    /// - Throws: `AccountFixture.Unexpected` when the store does not return the registration or refuses the account.
    public func newPerson(_ number: UInt8, at time: Date) async throws -> PersonID {
        func key(_ byte: UInt8) -> Data { Data(repeating: byte, count: 32) }
        let email = try EmailAddress("p\(number)@example.kz")
        let consent = Consent(subject: .agreement, version: .init(rawValue: "1"), given: time)
        let registration = Registration(
            tokenHash: key(number),
            email: email,
            name: try PersonName("Әсел"),
            language: .kk,
            consent: consent,
            created: time,
            expires: time + 10
        )
        try await add(registration, with: SideEffects(at: time))
        guard try await self.registration(tokenHash: key(number), at: time) == registration else {
            throw AccountFixture.Unexpected(what: "another registration")
        }
        let session = NewSession(
            tokenHash: key(number + 100),
            device: Device(stored: "x"),
            started: time,
            expires: time + 10
        )
        let account = NewAccount(
            source: .registration(tokenHash: key(number)),
            email: email,
            name: try PersonName("Әсел"),
            username: try Username("person\(number)"),
            language: .kk,
            role: .citizen,
            passwordHash: "hash",
            consent: consent,
            identity: nil,
            session: session
        )
        guard case .created(let id, _) = try await create(account, at: time, with: SideEffects(at: time)) else {
            throw AccountFixture.Unexpected(what: "no account was made")
        }
        return id
    }
}
