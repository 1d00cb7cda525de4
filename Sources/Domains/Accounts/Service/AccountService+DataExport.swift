public import Civic
import Foundation

extension AccountService {
    /// Everything that is stored of a person, as JSON to take along, once its owner has proved to be it; the taking is
    /// put on record.
    ///
    /// - Throws: `AccountsError.noSuchPerson`.
    public func export(
        of who: SignedIn,
        password: String?,
        from address: RemoteAddress
    ) async throws -> ExportOutcome {
        let proof = try await prove(who, password: password, from: address)
        guard proof == .proved else { return .refused(proof) }
        let event = AuditEvent(.dataExported, actor: who.person, subject: who.person, time: now())
        try await store.record(sideEffects(events: [event]))
        guard let data = try await store.personalData(of: who.person, at: now()) else {
            throw AccountsError.noSuchPerson
        }
        let export = PersonalDataExport(
            data,
            phone: try data.details.phone.map { try text(of: $0, .phone) },
            iin: try data.details.iin.map { try text(of: $0, .iin) },
            made: now()
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.dateEncodingStrategy = .iso8601
        return .exported(try encoder.encode(export))
    }
}
