public import Civic
import Foundation

/// Gives out new recovery codes in place of the old ones.
public struct RenewRecoveryCodes: Sendable {
    let store: any SecondFactorStore & PeopleStore
    let proveOwnership: ProveOwnership
    let mails: AccountMails
    let audit: AuditTrail
    let clock: WallClock

    /// Renews the codes once the owner has proved to own the account and to hold the second factor.
    ///
    /// - Parameter code: a code of the app, or a recovery code.
    public func callAsFunction(
        _ who: SignedIn,
        password: String?,
        code: String,
        from address: RemoteAddress
    ) async throws -> RecoveryCodesOutcome {
        guard let person = try await store.person(who.person), person.hasSecondFactor else { return .notInForce }
        let proof = try await proveOwnership.prove(who, password: password, code: code, from: address)
        guard proof == .proved else { return .refused(proof) }
        let (codes, time) = (RecoveryCode.newSet(), clock.now)
        let event = AuditEvent(
            .recoveryCodesRenewed,
            actor: person.id,
            subject: person.id,
            origin: try audit.origin(address),
            time: time
        )
        let mail = try mails.mail(.recoveryCodesRenewed(name: person.name, time: time), to: person)
        let effects = SideEffects(at: time, mails: [mail], events: [event])
        guard try await store.replaceRecoveryCodes(of: person.id, with: codes.map(\.hash), effects) else {
            return .notInForce
        }
        mails.queued()
        return .renewed(codes.map(\.text))
    }
}

/// How renewing recovery codes ended.
public enum RecoveryCodesOutcome: Sendable, Equatable {
    /// The new codes, shown once; the old ones are void.
    case renewed([String])
    /// No second factor is in force.
    case notInForce
    /// The proof failed.
    case refused(ProofOutcome)
}
