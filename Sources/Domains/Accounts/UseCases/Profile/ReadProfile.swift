public import Civic
import Foundation

/// Reads what the account page shows its owner.
public struct ReadProfile: Sendable {
    let store: any PeopleStore & IdentityStore & EmailChangeStore & SecondFactorStore
    let sealer: ValueSealer
    let clock: WallClock

    /// The profile of a person; nil when there is no such account.
    public func callAsFunction(of id: PersonID) async throws -> Profile? {
        guard let person = try await store.person(id), let details = try await store.sealedDetails(of: id) else {
            return nil
        }
        let factor = try await store.secondFactor(of: id)
        return Profile(
            person: person,
            phone: try details.phone.flatMap { try PhoneNumber(sealer.text(of: $0, .phone)) },
            iin: try details.iin.flatMap { try IndividualIdentificationNumber(sealer.text(of: $0, .iin)) },
            isIINVerified: details.isIINVerified,
            consents: try await store.consents(of: id),
            identities: try await store.identities(of: id),
            pendingEmail: try await store.emailChange(of: id, at: clock.now),
            recoveryCodesLeft: factor.flatMap { $0.isConfirmed ? $0.recoveryCodesLeft : nil }
        )
    }
}
