/// What can be done with appeals, as far as a right is needed for it; the rows of `data/appeal_permissions.csv` grant them.
///
/// Classes of data: the public projection; text and answers; name, phone and e-mail (contact); IIN, BIN and home address
/// (identity); files as they were filed; internal notes and drafts.
public enum AppealAction: String, CaseIterable, Sendable, Hashable {
    /// See the public projection.
    case seePublic = "see_public"
    /// See text and answers.
    case seeText = "see_text"
    /// See name, phone and e-mail.
    case seeContact = "see_contact"
    /// See IIN or BIN and home address.
    case seeIdentity = "see_identity"
    /// See the files as they were filed.
    case seeFiles = "see_files"
    /// See internal notes and drafts of the staff.
    case seeInternal = "see_internal"
    /// Write a draft, attach files and file it.
    case file
    /// Withdraw, reply, rate and reopen.
    case followUp = "follow_up"
    /// Get the public mails of another person's report.
    case follow
    /// Register and set the legal kind.
    case register
    /// Route, route again and forward.
    case route
    /// Send parts to other bodies.
    case split
    /// Take and assign.
    case assign
    /// Say what the law requires and is missing.
    case nameDefects = "name_defects"
    /// Return without examination.
    case sendBack = "return"
    /// Ask the applicant.
    case ask
    /// Write the draft of an answer.
    case draftAnswer = "draft_answer"
    /// Sign an answer, extend, discontinue, pass to the higher body.
    case sign
    /// Close a report with its outcome.
    case close
    /// Join reports and undo it.
    case merge
    /// Approve for publication and redact.
    case publish
    /// Make the same move with many appeals.
    case bulk
    /// See the queue and search by text.
    case search
    /// Search by the hash of an IIN or phone.
    case searchByHash = "search_by_hash"
    /// See exact statistics and heat without hidden cells.
    case seeStatistics = "see_statistics"
    /// Download one case with everything.
    case exportCase = "export_case"
    /// Download many cases with their texts.
    case exportMany = "export_many"
    /// See bodies, areas, routes, categories, terms, calendar and templates.
    case seeRules = "see_rules"
    /// Propose a change of them.
    case proposeRules = "propose_rules"
    /// Change their texts.
    case editTexts = "edit_texts"
    /// Change them.
    case editRules = "edit_rules"
    /// See users and their scopes.
    case seeUsers = "see_users"
    /// Change users and their scopes.
    case editUsers = "edit_users"
    /// See who opened a case.
    case seeAccesses = "see_accesses"
}
