import Civic
import Geo

extension Addressee {
    var documented: DocumentValue {
        switch self {
        case .city: .members(["type": .text("city")])
        case .body(let id): .members(["type": .text("body"), "id": .text(id.rawValue)])
        case .deputy(let id): .members(["type": .text("deputy"), "id": .text(id.rawValue)])
        }
    }
}

extension Applicant {
    var documented: DocumentValue {
        guard case .object(let party) = party.documented,
            case .object(let rest) = DocumentValue.members([
                "resident": .flag(isResident),
                "address": address?.documented,
                "phone": .optional(phone?.text),
                "email": .optional(email?.text),
            ])
        else { return party.documented }
        return .object(party + rest)
    }
}

extension Applicant.Party {
    fileprivate var documented: DocumentValue {
        switch self {
        case .person(let person, let isProprietor):
            .members([
                "type": .text(isProprietor ? "sole_proprietor" : "person"),
                "surname": .optional(person.surname?.text),
                "given_name": .text(person.givenName.text),
                "patronymic": .optional(person.patronymic?.text),
                "iin": .optional(person.number.digits),
                "no_iin": .optional(person.number.reason),
            ])
        case .entity(let entity):
            .members([
                "type": .text("entity"),
                "name": .text(entity.name),
                "bin": .optional(entity.number?.text),
                "representative": .optional(entity.representative?.text),
                "outgoing_number": .optional(entity.outgoingNumber),
                "outgoing_date": .optional(entity.outgoingDate?.description),
            ])
        }
    }
}

extension PersonIdentity.Number {
    fileprivate var digits: String? { if case .iin(let number) = self { number.text } else { nil } }

    fileprivate var reason: String? { if case .none(let reason) = self { reason.rawValue } else { nil } }
}

extension PostalAddress {
    fileprivate var documented: DocumentValue {
        .object(Part.allCases.compactMap { part in self[part].map { (part.rawValue, .text($0)) } })
    }
}

extension AppealPlace {
    var documented: DocumentValue {
        .members([
            "latitude": point.map { .degrees($0.latitude) },
            "longitude": point.map { .degrees($0.longitude) },
            "uncertainty_m": point.map { _ in .whole(Int(uncertainty.rounded(.up))) },
            "district": .optional(district?.rawValue),
            "address": .optional(address),
            "landmark": .optional(landmark),
        ])
    }
}
