public import Civic
public import Foundation

/// An appeal that is stored for the first time, with everything that must be stored together with it.
public struct NewAppeal: Sendable {
    /// The number.
    public let number: AppealNumber
    /// The course so far.
    public let appeal: Appeal
    /// What it says.
    public let content: AppealContent
    /// The route.
    public let route: StoredRoute?
    /// The term.
    public let term: AppealTerm?
    /// The applicant; nil for a part, whose applicant is that of the whole.
    public let applicant: SealedApplicant?
    /// The hash of the receipt's code; nil for a part.
    public let receiptHash: Data?
    /// The version of the rules that the applicant agreed to.
    public let rulesVersion: String
    /// The files, which are claimed.
    public let files: [NewAppealFile]
    /// The move to record on the report from which it is made; nil when there is no such report.
    public let report: StoredMove?
    /// Mails and audit events.
    public let effects: SideEffects

    /// Puts the parts together.
    public init(
        number: AppealNumber,
        appeal: Appeal,
        content: AppealContent,
        route: StoredRoute?,
        term: AppealTerm?,
        applicant: SealedApplicant?,
        receiptHash: Data?,
        rulesVersion: String,
        files: [NewAppealFile],
        report: StoredMove? = nil,
        effects: SideEffects
    ) {
        (self.number, self.appeal, self.content, self.route, self.term) = (number, appeal, content, route, term)
        (self.applicant, self.receiptHash, self.rulesVersion) = (applicant, receiptHash, rulesVersion)
        (self.files, self.report, self.effects) = (files, report, effects)
    }
}

/// What identifies a repeated request to file.
public struct FilingKey: Sendable, Equatable {
    /// A keyed hash of the request's key and of who sent it, under every key of the ring, the current first.
    public let hashes: [Data]
    /// A keyed hash of all that was sent, under every key of the ring, the current first.
    public let digests: [Data]

    /// Makes a key; both lists have the same order of keys.
    public init(hashes: [Data], digests: [Data]) { (self.hashes, self.digests) = (hashes, digests) }
}

/// How storing a new appeal ended.
public enum FilingResult: Sendable, Equatable {
    /// It is stored.
    case filed(AppealID, AppealNumber)
    /// The same request was stored before.
    case repeated(AppealID, AppealNumber)
    /// Another request was stored with this key.
    case otherContent(AppealNumber)
    /// A file does not exist, is claimed already, or belongs to somebody else; nothing was stored.
    case filesUnavailable
    /// Somebody else changed the report from which it is made; nothing was stored.
    case reportChanged
    /// All numbers of the year have been used; nothing was stored.
    case noNumberLeft
}

/// Moves that were made with a stored appeal, to be added to its history.
public struct StoredMove: Sendable {
    /// The version on which the moves were made; another one in the store means that somebody else was faster.
    public let version: Int
    /// The appeal after the moves.
    public let appeal: Appeal
    /// The term after the moves.
    public let term: AppealTerm?
    /// The new place; nil when it is not changed.
    public let place: AppealPlace?
    /// The new route; nil when it is not changed.
    public let route: StoredRoute?
    /// Files that belong to the last move.
    public let files: [NewAppealFile]
    /// A part that is opened with the move; it gets the number that the move names.
    public let part: (@Sendable (AppealID) throws -> NewAppeal)?
    /// The report to which the supporters of this one move, the applicant included.
    public let mergedInto: AppealID?
    /// Mails and audit events.
    public let effects: SideEffects

    /// Puts the parts together.
    public init(
        version: Int,
        appeal: Appeal,
        term: AppealTerm?,
        place: AppealPlace? = nil,
        route: StoredRoute? = nil,
        files: [NewAppealFile] = [],
        part: (@Sendable (AppealID) throws -> NewAppeal)? = nil,
        mergedInto: AppealID? = nil,
        effects: SideEffects
    ) {
        (self.version, self.appeal, self.term, self.place, self.route) = (version, appeal, term, place, route)
        (self.files, self.part, self.mergedInto, self.effects) = (files, part, mergedInto, effects)
    }
}

/// How storing moves ended.
public enum StoredMoveResult: Sendable, Equatable {
    /// They are stored.
    case made
    /// The version is another one; nothing was stored.
    case stale
    /// A file does not exist, is claimed already, or belongs to somebody else; nothing was stored.
    case filesUnavailable
}
