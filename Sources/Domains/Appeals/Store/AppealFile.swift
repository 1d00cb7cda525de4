public import Civic
public import Foundation

/// What a file of an appeal is for; the raw value is stored.
public enum AppealFilePurpose: String, CaseIterable, Sendable, Hashable, Codable {
    /// Attached to the appeal when it was filed.
    case filing
    /// The signature of the applicant: a CMS file, or a scan of the signed paper.
    case signature
    /// Attached to a move, such as the photo of a closing, an answer or a covering letter.
    case move
    /// Attached to a message.
    case message
}

/// A file that is claimed for an appeal.
public struct NewAppealFile: Sendable, Hashable {
    /// The file.
    public let id: AppealFileID
    /// What it is for.
    public let purpose: AppealFilePurpose
    /// Who uploaded it; nil for somebody without an account.
    public let owner: PersonID?

    /// Names a file.
    public init(_ id: AppealFileID, _ purpose: AppealFilePurpose, owner: PersonID?) {
        (self.id, self.purpose, self.owner) = (id, purpose, owner)
    }
}

/// A file of an appeal; its name, size and state are those of the attachment.
public struct AppealFile: Sendable, Hashable, Codable {
    /// The file.
    public let id: AppealFileID
    /// What it is for.
    public let purpose: AppealFilePurpose
    /// The version of the move to which it belongs; 0 for the filing.
    public let version: Int
    /// The message to which it belongs.
    public let message: AppealMessageID?

    /// Makes a value from a stored record.
    public init(id: AppealFileID, purpose: AppealFilePurpose, version: Int, message: AppealMessageID?) {
        (self.id, self.purpose, self.version, self.message) = (id, purpose, version, message)
    }
}

/// The number of a message.
public struct AppealMessageID: RawRepresentable, Hashable, Sendable, Codable {
    /// The number in the database, from 1.
    public let rawValue: Int64

    /// Wraps a number.
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A message between the applicant and the body; it changes nothing in the course of the appeal.
public struct AppealMessage: Sendable, Hashable {
    /// How many code points a message or a note has.
    public static let lengths = 1...4_000
    /// The maximum number of messages that one side may write per day.
    public static let maxADay = 20

    /// The number; 0 before it is stored.
    public let id: AppealMessageID
    /// When.
    public let time: Date
    /// Whether the body wrote it; otherwise the applicant.
    public let isFromStaff: Bool
    /// Who wrote it; nil for an applicant without an account.
    public let person: PersonID?
    /// The text.
    public let text: String

    /// Makes a message.
    public init(id: AppealMessageID, time: Date, isFromStaff: Bool, person: PersonID?, text: String) {
        (self.id, self.time, self.isFromStaff) = (id, time, isFromStaff)
        (self.person, self.text) = (person, text)
    }
}

/// A note that only the staff see.
public struct AppealNote: Sendable, Hashable {
    /// When.
    public let time: Date
    /// Who wrote it.
    public let person: PersonID
    /// The text.
    public let text: String

    /// Makes a note.
    public init(time: Date, person: PersonID, text: String) {
        (self.time, self.person, self.text) = (time, person, text)
    }
}
