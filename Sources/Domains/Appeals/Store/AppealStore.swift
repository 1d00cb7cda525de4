public import Civic
public import Foundation
public import Geo

/// Persistent storage of appeals; each call is one transaction, and what it stored is on the disk when it returns.
///
/// The history is append-only. What lists and searches need of it (state, body, executor, due time, …) is kept beside it and
/// written in the same transaction.
public protocol AppealStore: Sendable {
    /// Stores a new appeal under the next number of the year, or finds the one that the same request stored before.
    ///
    /// - Parameters:
    ///   - key: identifies a repeated request.
    ///   - year: the year of the number.
    ///   - make: makes the appeal once its internal number and its number are known; runs within the transaction.
    func file(
        _ key: FilingKey,
        year: Int,
        make: @escaping @Sendable (AppealID, AppealNumber) throws -> NewAppeal
    ) async throws -> FilingResult
    /// The appeal with a number.
    func appeal(_ number: AppealNumber) async throws -> StoredAppeal?
    /// The appeal with an internal number.
    func appeal(_ id: AppealID) async throws -> StoredAppeal?
    /// The appeal with a number and the hash of its receipt's code.
    func appeal(_ number: AppealNumber, receiptHash: Data) async throws -> StoredAppeal?
    /// Stores moves, unless the version has changed meanwhile.
    func append(_ move: StoredMove) async throws -> StoredMoveResult

    /// A page of a list.
    func appeals(
        _ filter: AppealFilter,
        by order: AppealOrder,
        after cursor: AppealCursor?,
        limit: Int
    ) async throws -> AppealPage
    /// How many appeals a filter selects, by state.
    func counts(_ filter: AppealFilter) async throws -> [AppealState: Int]
    /// The newest open reports of a category whose point lies in a box.
    ///
    /// - Parameter limit: the maximum number of reports.
    func openReports(of category: AppealCategory.ID, in box: BoundingBox, limit: Int) async throws -> [AppealSummary]
    /// The open appeals by internal number, for a pass over all of them.
    func openAppeals(after id: AppealID?, limit: Int) async throws -> [StoredAppeal]
    /// Official appeals that were sent and wait for their registration.
    func unregistered(limit: Int) async throws -> [StoredAppeal]
    /// Open official appeals whose term ended before a time and whose applicants were not told so, earliest due first.
    func untoldRefusals(before time: LocalTime, limit: Int) async throws -> [StoredAppeal]
    /// Records that an applicant was told of the end of a term; false when that was recorded before.
    func recordRefusal(_ id: AppealID, due: LocalTime, with effects: SideEffects) async throws -> Bool
    /// The routes of past appeals, the newest first, for a dry run of changed rules.
    func pastRoutes(limit: Int) async throws -> [RoutingDryRun.PastCase]

    /// The applicant; nil for a part, and when it was erased.
    func applicant(of id: AppealID) async throws -> SealedApplicant?
    /// The appeals of an applicant by the hashes of an IIN or BIN.
    func appeals(numberHashes: [Data], limit: Int) async throws -> [AppealSummary]
    /// The files of an appeal, in the order in which they were added.
    func files(of id: AppealID) async throws -> [AppealFile]
    /// The appeal to which a file belongs.
    func appeal(with file: AppealFileID) async throws -> AppealID?
    /// The messages of an appeal, oldest first.
    func messages(of id: AppealID) async throws -> [AppealMessage]
    /// Adds a message with its files, which are claimed; nil when one of them is unavailable or the side has written `most` since a
    /// time.
    func add(
        _ message: AppealMessage,
        to id: AppealID,
        files: [NewAppealFile],
        most: Int,
        since time: Date,
        with effects: SideEffects
    ) async throws -> AppealMessageID?
    /// The internal notes of an appeal, oldest first.
    func notes(of id: AppealID) async throws -> [AppealNote]
    /// Adds an internal note.
    func add(_ note: AppealNote, to id: AppealID) async throws

    /// Adds a supporter of an open report; false when the person supports it already.
    func support(_ id: AppealID, by person: PersonID, at time: Date) async throws -> Bool
    /// Takes a support back; false when there was none.
    func unsupport(_ id: AppealID, by person: PersonID) async throws -> Bool
    /// Whether a person supports a report.
    func isSupported(_ id: AppealID, by person: PersonID) async throws -> Bool
    /// Records the number in the state register, in place of an earlier one.
    func setStateNumber(_ id: AppealID, _ number: String, by person: PersonID, at time: Date) async throws
    /// Stores a rating, in place of an earlier one.
    func rate(_ id: AppealID, _ rating: AppealRating) async throws
    /// Stores a new term that no move made, unless the version has changed meanwhile, and records the change.
    func change(_ change: TermChange, version: Int, with effects: SideEffects) async throws -> Bool
    /// The changes of the term that no move made, oldest first.
    func termChanges(of id: AppealID) async throws -> [TermChange]

    /// Records readings of personal data.
    func record(_ accesses: [AppealAccess]) async throws
    /// The readings of an appeal, the newest first.
    func accesses(of id: AppealID, limit: Int) async throws -> [AppealAccess]

    /// What a member of the staff is responsible for; nil when nothing was granted.
    func grant(of person: PersonID) async throws -> StaffGrant?
    /// All grants, by person.
    func grants() async throws -> [StaffGrant]
    /// Stores a grant in place of an earlier one; one without bodies, deputy and capabilities is deleted.
    func set(_ grant: StaffGrant, with effects: SideEffects) async throws
    /// The mailbox of an account.
    func mailbox(of person: PersonID) async throws -> AccountMailbox?
    /// The mailboxes of those who are responsible for a body: its heads only, or all.
    func mailboxes(of body: AppealBody.ID, headsOnly: Bool, limit: Int) async throws -> [AccountMailbox]

    /// The appeals of a person, with everything that is stored of them, oldest first.
    func allAppeals(of person: PersonID) async throws -> [StoredAppeal]
    /// What an erasure deletes and keeps of a person's appeals.
    func erasureCounts(of person: PersonID) async throws -> AppealErasureCounts
    /// The files that an erasure deletes: those of appeals that are not kept.
    func erasableFiles(of person: PersonID) async throws -> [AppealFileID]
    /// Erases what the law does not require us to keep, in the transaction that deletes the account.
    var erasure: any TransactionalErasure { get }
}

/// What an erasure deletes and keeps of a person's appeals.
public struct AppealErasureCounts: Sendable, Equatable {
    /// Official appeals that wait for a signature and were never sent; they are deleted.
    public let unsent: Int
    /// Reports, which lose applicant, texts and messages and stay as anonymous reports of a problem.
    public let reports: Int
    /// Official appeals that were sent; the law requires them to be kept.
    public let official: Int
    /// Supports of other people's reports, which are deleted.
    public let supports: Int

    /// Makes counts.
    public init(unsent: Int, reports: Int, official: Int, supports: Int) {
        (self.unsent, self.reports) = (unsent, reports)
        (self.official, self.supports) = (official, supports)
    }
}
