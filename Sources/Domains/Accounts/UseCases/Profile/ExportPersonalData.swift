public import Civic
public import Foundation

/// Gives people a copy of everything that all features store about them.
public struct ExportPersonalData: Sendable {
    let store: any PeopleStore & AuditStore
    let proveOwnership: ProveOwnership
    let clock: WallClock

    /// The copy as JSON, once its owner has proved to own the account; the export is put on record.
    ///
    /// - Parameter participants: the features that store personal data; their sections become members of one JSON object.
    /// - Throws: `AccountsError.noSuchPerson`, or `.repeatedSection` when two features use one name.
    public func callAsFunction(
        of who: SignedIn,
        password: String?,
        from address: RemoteAddress,
        participants: [any PersonalDataParticipant]
    ) async throws -> ExportOutcome {
        let proof = try await proveOwnership.prove(who, password: password, from: address)
        guard proof == .proved else { return .refused(proof) }
        let time = clock.now
        let event = AuditEvent(.dataExported, actor: who.person, subject: who.person, time: time)
        try await store.record(SideEffects(at: time, events: [event]))
        guard try await store.person(who.person) != nil else { throw AccountsError.noSuchPerson }
        var copy = PersonalDataCopy()
        try copy.add(PersonalDataSection("made", time))
        for participant in participants {
            for section in try await participant.sections(of: who.person, at: time) { try copy.add(section) }
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.dateEncodingStrategy = .iso8601
        return .exported(try encoder.encode(copy))
    }
}

/// How an export ended.
public enum ExportOutcome: Sendable, Equatable {
    /// The copy, as JSON.
    case exported(Data)
    /// The proof failed.
    case refused(ProofOutcome)
}

/// The sections of a copy as one JSON object.
private struct PersonalDataCopy: Encodable {
    private struct Name: CodingKey {
        let stringValue: String
        let intValue: Int? = nil

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    private var sections: [String: any Encodable & Sendable] = [:]

    mutating func add(_ section: PersonalDataSection) throws(AccountsError) {
        guard sections.updateValue(section.value, forKey: section.name) == nil else {
            throw .repeatedSection(section.name)
        }
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Name.self)
        for (name, value) in sections { try members.encode(value, forKey: Name(stringValue: name)) }
    }
}
