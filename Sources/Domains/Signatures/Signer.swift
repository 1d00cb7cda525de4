public import Civic

/// Who signed, as the subject of the certificate tells it.
///
/// The national authority writes `serialNumber=IIN…`, `OU=BIN…` in certificates of organizations, `CN` with surname and given
/// name, `SN` with the surname, and, unlike X.520, `G` with the patronymic.
public struct Signer: Sendable, Hashable {
    /// The IIN; nil when the certificate has none that passes the check.
    public let iin: IndividualIdentificationNumber?
    /// The BIN; nil for a natural person.
    public let bin: BusinessIdentificationNumber?
    /// The common name: surname and given name.
    public let name: String
    /// The surname.
    public let surname: String?
    /// The patronymic.
    public let patronymic: String?
    /// The organization.
    public let organization: String?

    /// Reads the fields of a subject; empty ones are missing.
    init(
        commonName: String,
        surname: String,
        givenName: String,
        serialNumber: String,
        organization: String,
        unit: String
    ) {
        iin = Self.number(serialNumber, after: "IIN").flatMap { try? IndividualIdentificationNumber($0) }
        bin = Self.number(unit, after: "BIN").flatMap { try? BusinessIdentificationNumber($0) }
        name = commonName
        self.surname = surname.isEmpty ? nil : surname
        patronymic = givenName.isEmpty ? nil : givenName
        self.organization = organization.isEmpty ? nil : organization
    }

    private static func number(_ text: String, after prefix: String) -> String? {
        guard text.hasPrefix(prefix), text.utf8.count == prefix.utf8.count + 12 else { return nil }
        return String(text.dropFirst(prefix.count))
    }
}
