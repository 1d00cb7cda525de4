import Civic
import Foundation

/// Begins a session for a person who has given every proof, and notifies the owner of a new device.
struct BeginSession: Sendable {
    let store: any SessionStore
    let sessions: SessionTokens
    let mails: AccountMails
    let audit: AuditTrail
    let clock: WallClock

    /// Begins the session; nil when the account is gone.
    ///
    /// - Parameter factorEffects: the side effects of proving the second factor; nil when it was not asked for.
    func callAsFunction(
        _ person: Person,
        _ arrival: Arrival,
        factorEffects: SideEffects? = nil
    ) async throws -> StartedSession? {
        let (token, time) = (SecretToken(), clock.now)
        let session = sessions.new(
            token,
            arrival.device,
            provedFactor: factorEffects != nil,
            earlier: arrival.earlier
        )
        var effects = factorEffects ?? SideEffects(at: time)
        effects.events.append(
            AuditEvent(
                .signedIn,
                actor: person.id,
                subject: person.id,
                detail: arrival.way,
                origin: try audit.origin(arrival.address),
                time: time
            )
        )
        if try sessions.valid(arrival.deviceMark, of: person) == nil {
            let notice = AccountNotice.newDevice(name: person.name, device: arrival.device, time: time)
            effects.mails.append(try mails.mail(notice, to: person))
        }
        guard let id = try await store.begin(session, of: person.id, with: effects) else { return nil }
        mails.queued()
        return try sessions.started(
            token,
            id,
            person.id,
            person.language,
            session.expires,
            passwordSet: person.passwordSet
        )
    }
}

/// How and from where a person signs in.
struct Arrival: Sendable {
    /// `password`, or the slug of a provider.
    let way: String
    let deviceMark: String?
    let device: Device
    let address: RemoteAddress
    /// The token of the session that this browser had before.
    let earlier: String?

    init(_ way: String, mark: String?, _ device: Device, _ address: RemoteAddress, earlier: String?) {
        (self.way, deviceMark, self.device, self.address, self.earlier) = (way, mark, device, address, earlier)
    }
}
