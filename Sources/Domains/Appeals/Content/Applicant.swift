public import Civic

/// Who files an appeal, as the form asks it; the parts that identify a person are sealed when they are stored.
public struct Applicant: Hashable, Sendable {
    /// Who it is.
    public enum Party: Hashable, Sendable {
        /// A natural person, or a sole proprietor acting as such.
        case person(PersonIdentity, isProprietor: Bool)
        /// A legal entity, represented by somebody.
        case entity(EntityIdentity)
    }

    /// Who it is.
    public let party: Party
    /// Whether the applicant is a resident of Kazakhstan.
    public let isResident: Bool
    /// The postal address; an official appeal must have one (article 63 (2)).
    public let address: PostalAddress?
    /// The phone.
    public let phone: PhoneNumber?
    /// The e-mail address.
    public let email: EmailAddress?

    /// Makes an applicant.
    public init(
        party: Party,
        isResident: Bool = true,
        address: PostalAddress? = nil,
        phone: PhoneNumber? = nil,
        email: EmailAddress? = nil
    ) {
        self.party = party
        self.isResident = isResident
        self.address = address
        self.phone = phone
        self.email = email
    }

    /// What an official appeal of this applicant would lack by article 63 (2), apart from the signature.
    public var defects: Set<Defect> {
        var defects: Set<Defect> = []
        if address == nil { defects.insert(.address) }
        if case .entity(let entity) = party, entity.representative == nil { defects.insert(.authority) }
        return defects
    }
}

/// The identity of a natural person.
public struct PersonIdentity: Hashable, Sendable {
    /// The number of the person, or why there is none; the law requires it "if any" (article 63 (2) 1).
    public enum Number: Hashable, Sendable {
        /// The IIN.
        case iin(IndividualIdentificationNumber)
        /// There is none.
        case none(NoNumberReason)
    }

    /// Why a person gives no IIN.
    public enum NoNumberReason: String, CaseIterable, Hashable, Sendable, Codable {
        /// A citizen of another country.
        case foreigner
        /// It was not issued yet.
        case notIssued = "not_issued"
        /// The person does not remember it.
        case forgotten
    }

    /// The surname; nil for somebody whose document has one name only.
    public let surname: PersonName?
    /// The given name.
    public let givenName: PersonName
    /// The patronymic, if the document has one.
    public let patronymic: PersonName?
    /// The number.
    public let number: Number

    /// Makes an identity.
    public init(surname: PersonName?, givenName: PersonName, patronymic: PersonName? = nil, number: Number) {
        self.surname = surname
        self.givenName = givenName
        self.patronymic = patronymic
        self.number = number
    }
}

/// The identity of a legal entity.
public struct EntityIdentity: Hashable, Sendable {
    /// How many code points the name of an organization has.
    public static let nameLengths = 1...300

    /// The name as it is registered.
    public let name: String
    /// The BIN; nil for an entity of another country, which has none.
    public let number: BusinessIdentificationNumber?
    /// Who signs for it.
    public let representative: PersonName?
    /// The number under which the entity sent it, if it gives one.
    public let outgoingNumber: String?
    /// The day on which the entity sent it, if it gives one.
    public let outgoingDate: LocalDate?

    /// Makes an identity.
    ///
    /// - Throws: `ContentFault` of the name or of the outgoing number.
    public init(
        name: String,
        number: BusinessIdentificationNumber?,
        representative: PersonName?,
        outgoingNumber: String? = nil,
        outgoingDate: LocalDate? = nil
    ) throws(ContentFault) {
        self.name = try ContentText.line(name, lengths: Self.nameLengths)
        self.number = number
        self.representative = representative
        if let outgoingNumber, !outgoingNumber.isEmpty {
            self.outgoingNumber = try ContentText.line(outgoingNumber, lengths: 1...50)
        } else {
            self.outgoingNumber = nil
        }
        self.outgoingDate = outgoingDate
    }
}
