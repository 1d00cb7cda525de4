import Civic
import Foundation

/// The sections about the account in the copy that people can download, as they are written in JSON.
struct AccountDataSections {
    struct Account: Encodable {
        let number: Int64
        let name: String
        let email: String
        let username: String
        let language: String
        let role: String
        let phone: String?
        let iin: String?
        let iinIsVerified: Bool
        let hasPassword: Bool
        let passwordSet: Date?
        let created: Date
        let notifications: NotificationChoices
    }

    struct Session: Encodable {
        let device: String
        let started: Date
        let lastUsed: Date
        let expires: Date
        let ownerProved: Date
        let secondFactorProved: Bool
    }

    struct Identity: Encodable {
        let provider: String
        let issuer: String
        let subject: String
        let email: String?
        let isEmailVerified: Bool
        let name: String?
        let linked: Date
    }

    struct EmailChange: Encodable {
        let email: String
        let oldAddressConfirmed: Bool
        let newAddressConfirmed: Bool
        let oldAddressNotNeededFrom: Date?
        let oldAddressReminded: Date?
        let expires: Date
    }

    struct SecondFactor: Encodable {
        let since: Date?
        let isInForce: Bool
        let waitsUntil: Date?
        let recoveryCodesLeft: Int
    }

    struct Event: Encodable {
        let time: Date
        let kind: String
        let detail: String?
        /// Whether the person did it; false when somebody else did, or nobody was signed in.
        let byYourself: Bool
        /// A code that stands for the address it came from: equal codes mean equal addresses.
        let origin: String?
    }

    struct Mail: Encodable {
        let subject: String
        let queued: Date
    }

    struct Draft: Encodable {
        let form: String
        let saved: Date
        let expires: Date
        let fields: [FormDraft.Field]
    }

    let account: Account
    let consents: [Consent]
    let sessions: [Session]
    let identities: [Identity]
    let emailChange: EmailChange?
    let formerEmails: [String]
    let secondFactor: SecondFactor?
    let events: [Event]
    let waitingMails: [Mail]
    let drafts: [Draft]

    /// The sections; those about a change of address and about the second factor only where there is one.
    var all: [PersonalDataSection] {
        [
            PersonalDataSection("account", account), PersonalDataSection("consents", consents),
            PersonalDataSection("sessions", sessions), PersonalDataSection("identities", identities),
            PersonalDataSection("formerEmails", formerEmails), PersonalDataSection("events", events),
            PersonalDataSection("waitingMails", waitingMails), PersonalDataSection("drafts", drafts),
        ]
            + [
                emailChange.map { PersonalDataSection("emailChange", $0) },
                secondFactor.map { PersonalDataSection("secondFactor", $0) },
            ].compactMap { $0 }
    }

    init(
        _ data: StoredPersonalData,
        phone: String?,
        iin: String?,
        drafts: [(stored: SavedDraft, fields: [FormDraft.Field])]
    ) {
        account = Account(data.person, phone: phone, iin: iin, iinIsVerified: data.details.isIINVerified)
        consents = data.consents
        sessions = data.sessions.map {
            Session(
                device: $0.device.text,
                started: $0.started,
                lastUsed: $0.lastUsed,
                expires: $0.expires,
                ownerProved: $0.proved,
                secondFactorProved: $0.provedFactor
            )
        }
        identities = data.identities.map(Identity.init)
        emailChange = data.emailChange.map {
            EmailChange(
                email: $0.email.text,
                oldAddressConfirmed: $0.isOldConfirmed,
                newAddressConfirmed: $0.isNewConfirmed,
                oldAddressNotNeededFrom: $0.withoutOldFrom,
                oldAddressReminded: $0.reminded,
                expires: $0.expires
            )
        }
        formerEmails = data.formerEmails
        secondFactor = data.secondFactor.map {
            SecondFactor(
                since: data.secondFactorSince,
                isInForce: $0.isConfirmed,
                waitsUntil: $0.expires,
                recoveryCodesLeft: $0.recoveryCodesLeft
            )
        }
        events = data.events.map { Event($0.event, of: data.person.id) }
        waitingMails = data.mails.map { Mail(subject: $0.subject, queued: $0.queued) }
        self.drafts = drafts.map {
            Draft(form: $0.stored.form, saved: $0.stored.saved, expires: $0.stored.expires, fields: $0.fields)
        }
    }
}

extension AccountDataSections.Account {
    init(_ person: Person, phone: String?, iin: String?, iinIsVerified: Bool) {
        number = person.id.rawValue
        name = person.name.text
        email = person.email.text
        username = person.username.text
        language = person.language.rawValue
        role = person.role.rawValue
        (self.phone, self.iin, self.iinIsVerified) = (phone, iin, iinIsVerified)
        (hasPassword, passwordSet) = (person.hasPassword, person.passwordSet)
        created = person.created
        notifications = person.notifications
    }
}

extension AccountDataSections.Identity {
    init(_ stored: StoredIdentity) {
        let identity = stored.identity
        provider = identity.provider
        issuer = identity.issuer
        subject = identity.subject
        email = identity.email
        isEmailVerified = identity.isEmailVerified
        name = identity.name
        linked = stored.linked
    }
}

extension AccountDataSections.Event {
    init(_ event: AuditEvent, of person: PersonID) {
        time = event.time
        kind = event.kind.rawValue
        detail = event.detail
        byYourself = event.actor == person
        origin = event.origin?.base64EncodedString()
    }
}
