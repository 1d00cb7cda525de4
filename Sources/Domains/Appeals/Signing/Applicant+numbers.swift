public import Civic

extension Applicant {
    /// The IIN that the certificate of the signature must have; nil when the applicant is an organization or has none.
    public var iin: IndividualIdentificationNumber? {
        guard case .person(let person, _) = party, case .iin(let number) = person.number else { return nil }
        return number
    }

    /// The BIN that the certificate of the signature must have; nil when the applicant is a person or has none.
    public var bin: BusinessIdentificationNumber? {
        guard case .entity(let entity) = party else { return nil }
        return entity.number
    }
}
