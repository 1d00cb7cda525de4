public import Civic
public import Foundation

/// Gives people a copy of everything that is stored about them.
public struct ExportPersonalData: Sendable {
    let store: any PersonalDataStore & AuditStore
    let proveOwnership: ProveOwnership
    let sealer: ValueSealer
    let clock: WallClock

    /// The copy as JSON, once its owner has proved to own the account; the export is put on record.
    ///
    /// - Throws: `AccountsError.noSuchPerson`.
    public func callAsFunction(
        of who: SignedIn,
        password: String?,
        from address: RemoteAddress
    ) async throws -> ExportOutcome {
        let proof = try await proveOwnership.prove(who, password: password, from: address)
        guard proof == .proved else { return .refused(proof) }
        let event = AuditEvent(.dataExported, actor: who.person, subject: who.person, time: clock.now)
        try await store.record(SideEffects(at: clock.now, events: [event]))
        guard let data = try await store.personalData(of: who.person, at: clock.now) else {
            throw AccountsError.noSuchPerson
        }
        let export = PersonalDataExport(
            data,
            phone: try data.details.phone.map { try sealer.text(of: $0, .phone) },
            iin: try data.details.iin.map { try sealer.text(of: $0, .iin) },
            made: clock.now
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.dateEncodingStrategy = .iso8601
        return .exported(try encoder.encode(export))
    }
}

/// How an export ended.
public enum ExportOutcome: Sendable, Equatable {
    /// The copy, as JSON.
    case exported(Data)
    /// The proof failed.
    case refused(ProofOutcome)
}
