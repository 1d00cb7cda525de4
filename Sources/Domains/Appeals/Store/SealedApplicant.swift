public import Civic
public import Foundation

/// The applicant as it is stored: three sealed values, so that reading a name does not unseal an IIN.
public struct SealedApplicant: Sendable, Equatable {
    /// Name, phone, e-mail and residency, sealed for `SealingPurpose.applicantContact`; nil after its key was lost.
    public let contact: Data?
    /// The postal address and what goes with the number, sealed for `SealingPurpose.applicantIdentity`; nil after its key was lost.
    public let identity: Data?
    /// The IIN or BIN, sealed for `SealingPurpose.applicantNumber`; nil when there is none.
    public let number: Data?
    /// The keyed hash of the IIN or BIN, by which it is looked up.
    public let numberHash: Data?

    /// Makes a value from stored records.
    public init(contact: Data?, identity: Data?, number: Data?, numberHash: Data?) {
        (self.contact, self.identity) = (contact, identity)
        (self.number, self.numberHash) = (number, numberHash)
    }
}

/// How the applicant can be named and reached.
public struct ApplicantContact: Sendable, Hashable, Codable {
    /// The surname of a person.
    public var surname: String?
    /// The given name of a person.
    public var givenName: String?
    /// The patronymic of a person.
    public var patronymic: String?
    /// The name of a legal entity.
    public var entity: String?
    /// Who signs for a legal entity.
    public var representative: String?
    /// Whether the person acts as a sole proprietor.
    public var isProprietor = false
    /// Whether the applicant is a resident of Kazakhstan.
    public var isResident = true
    /// The phone in E.164.
    public var phone: String?
    /// The e-mail address.
    public var email: String?

    /// The name as it is written in a letter.
    public var name: String {
        entity ?? [surname, givenName, patronymic].compactMap { $0 }.joined(separator: " ")
    }
}

/// What identifies the applicant beyond the name.
public struct ApplicantIdentity: Sendable, Hashable, Codable {
    /// The IIN or BIN; it is sealed separately and missing from what is sealed as the identity.
    public var number: String?
    /// Why a person gives no IIN; a `PersonIdentity.NoNumberReason`.
    public var noNumber: PersonIdentity.NoNumberReason?
    /// The postal address.
    public var address: PostalAddress?
    /// The number under which an entity sent it.
    public var outgoingNumber: String?
    /// The day on which an entity sent it.
    public var outgoingDate: LocalDate?
}

extension Applicant {
    /// How the applicant can be named and reached.
    public var contact: ApplicantContact {
        var contact = ApplicantContact(isResident: isResident, phone: phone?.text, email: email?.text)
        switch party {
        case .person(let person, let isProprietor):
            contact.isProprietor = isProprietor
            contact.surname = person.surname?.text
            contact.givenName = person.givenName.text
            contact.patronymic = person.patronymic?.text
        case .entity(let entity):
            contact.entity = entity.name
            contact.representative = entity.representative?.text
        }
        return contact
    }

    /// What identifies the applicant beyond the name.
    public var identity: ApplicantIdentity {
        var identity = ApplicantIdentity(address: address)
        switch party {
        case .person(let person, _):
            switch person.number {
            case .iin(let iin): identity.number = iin.text
            case .none(let reason): identity.noNumber = reason
            }
        case .entity(let entity):
            identity.number = entity.number?.text
            identity.outgoingNumber = entity.outgoingNumber
            identity.outgoingDate = entity.outgoingDate
        }
        return identity
    }
}

extension ValueSealer {
    /// Seals an applicant.
    ///
    /// - Throws: `CivicError.cryptography`.
    func seal(_ applicant: Applicant) throws -> SealedApplicant {
        var identity = applicant.identity
        let number = identity.number
        identity.number = nil
        return SealedApplicant(
            contact: try seal(try JSONEncoder().encode(applicant.contact), for: .applicantContact),
            identity: try seal(try JSONEncoder().encode(identity), for: .applicantIdentity),
            number: try number.map { try seal(Data($0.utf8), for: .applicantNumber) },
            numberHash: try number.map { try hash($0, for: .applicantNumber) }
        )
    }

    /// Unseals the name, phone and e-mail of an applicant.
    ///
    /// - Throws: `CivicError.unknownKey`, `.brokenSeal`.
    func contact(of applicant: SealedApplicant) throws -> ApplicantContact {
        guard let sealed = applicant.contact else { return ApplicantContact() }
        let plain = try open(sealed, for: .applicantContact)
        return try JSONDecoder().decode(ApplicantContact.self, from: plain)
    }

    /// Unseals the number and address of an applicant.
    ///
    /// - Throws: `CivicError.unknownKey`, `.brokenSeal`.
    func identity(of applicant: SealedApplicant) throws -> ApplicantIdentity {
        var identity =
            try applicant.identity.map {
                try JSONDecoder().decode(ApplicantIdentity.self, from: try open($0, for: .applicantIdentity))
            } ?? ApplicantIdentity()
        identity.number = try applicant.number.map {
            String(decoding: try open($0, for: .applicantNumber), as: UTF8.self)
        }
        return identity
    }
}
