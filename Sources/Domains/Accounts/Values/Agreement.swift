public import Foundation

/// A version of the user agreement.
public struct AgreementVersion: RawRepresentable, Hashable, Sendable, Codable {
    /// The version, as `2026-11`.
    public let rawValue: String

    /// Wraps a version.
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// What a person agreed to, and when.
public struct Consent: Sendable, Equatable, Codable {
    /// What can be agreed to.
    public enum Subject: String, Sendable, Codable, CaseIterable {
        /// The user agreement.
        case agreement
        /// News of the city by mail.
        case news
    }

    /// What was agreed to.
    public let subject: Subject
    /// The version of the text that was shown.
    public let version: AgreementVersion
    /// When it was given.
    public let given: Date
    /// When it was withdrawn; nil while it is in force.
    public let withdrawn: Date?

    /// Makes a consent.
    public init(subject: Subject, version: AgreementVersion, given: Date, withdrawn: Date? = nil) {
        self.subject = subject
        self.version = version
        self.given = given
        self.withdrawn = withdrawn
    }
}

/// Which mails a person wants; mails about the security of the account are always sent.
public struct NotificationChoices: Sendable, Equatable, Codable {
    /// Each step of one's own appeals.
    public let appeals: Bool
    /// News of the city.
    public let news: Bool

    /// Makes choices.
    public init(appeals: Bool, news: Bool) {
        self.appeals = appeals
        self.news = news
    }

    /// The default until a person chooses: notices about one's own appeals only.
    public static let initial = NotificationChoices(appeals: true, news: false)
}
