public import Civic
public import Foundation

/// The classes of an appeal's data whose reading is recorded; the raw value is stored.
public enum AppealDataClass: String, CaseIterable, Sendable, Hashable, Codable {
    /// Name, phone and e-mail.
    case contact
    /// IIN or BIN and home address.
    case identity
    /// Files as they were filed.
    case files
    /// A search by the hash of an IIN or BIN that found it.
    case search
    /// A download of the whole case.
    case export
}

/// A reading of personal data in an appeal by somebody other than the applicant; such records are never changed.
public struct AppealAccess: Sendable, Equatable {
    /// The appeal.
    public let appeal: AppealID
    /// Who.
    public let person: PersonID
    /// In which role.
    public let role: Role
    /// When.
    public let time: Date
    /// What.
    public let dataClass: AppealDataClass
    /// Why, where a reason is demanded.
    public let reason: String?
    /// A keyed hash of the address it came from.
    public let origin: Data?

    /// Records a reading.
    public init(
        appeal: AppealID,
        person: PersonID,
        role: Role,
        time: Date,
        dataClass: AppealDataClass,
        reason: String? = nil,
        origin: Data? = nil
    ) {
        (self.appeal, self.person, self.role, self.time) = (appeal, person, role, time)
        (self.dataClass, self.reason, self.origin) = (dataClass, reason, origin)
    }
}

/// For which cases a member of the staff is responsible, beyond the role.
public struct StaffGrant: Sendable, Equatable {
    /// The person.
    public let person: PersonID
    /// The bodies.
    public let bodies: Set<AppealBody.ID>
    /// The districts; nil for all, and for cases without a district.
    public let districts: Set<DistrictSlug>?
    /// Whether the person signs for the bodies.
    public let isHead: Bool
    /// Whether the person decides on publication.
    public let isModerator: Bool
    /// The deputy that the person is.
    public let deputy: DeputyID?

    /// Makes a grant.
    public init(
        person: PersonID,
        bodies: Set<AppealBody.ID> = [],
        districts: Set<DistrictSlug>? = nil,
        isHead: Bool = false,
        isModerator: Bool = false,
        deputy: DeputyID? = nil
    ) {
        (self.person, self.bodies, self.districts) = (person, bodies, districts)
        (self.isHead, self.isModerator, self.deputy) = (isHead, isModerator, deputy)
    }
}

/// Where somebody with an account gets mails.
public struct AccountMailbox: Sendable, Equatable {
    /// The person.
    public let person: PersonID
    /// The address.
    public let email: EmailAddress
    /// The language of the account.
    public let language: Language
    /// Whether mails about appeals are wanted; notices that the law requires are sent anyway.
    public let wantsMails: Bool

    /// Makes a mailbox.
    public init(person: PersonID, email: EmailAddress, language: Language, wantsMails: Bool) {
        (self.person, self.email, self.language, self.wantsMails) = (person, email, language, wantsMails)
    }
}
