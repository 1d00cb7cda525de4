/// For which cases a permission holds.
public enum AccessScope: String, CaseIterable, Sendable, Hashable {
    /// Every case.
    case all
    /// One's own.
    case own
    /// Cases whose present body, or the body of one of their parts, and whose district are both assigned to the person.
    case desk
    /// Cases addressed to the deputy.
    case addressed
    /// The case for which the link was made.
    case sent
}

/// What a permission depends on besides its scope.
public enum AccessCondition: String, CaseIterable, Sendable, Hashable {
    /// On behalf of somebody who calls or stands at the counter.
    case forCaller = "for_caller"
    /// With a paper of the applicant.
    case onPaper = "on_paper"
    /// As a proposal that somebody else confirms.
    case asProposal = "as_proposal"
    /// For official appeals only, with a reason, which is recorded.
    case officialWithReason = "official_with_reason"
    /// With a reason, which is recorded.
    case withReason = "with_reason"
    /// To the extent that the sender chose for the link.
    case chosenBySender = "chosen_by_sender"
    /// For consultations only.
    case consultations
    /// As a reply only.
    case replyOnly = "reply_only"
    /// With the outcomes that need no work.
    case outcomesWithoutWork = "outcomes_without_work"
    /// With the capability of a moderator.
    case moderator
    /// One's own notes and answers only.
    case ownTexts = "own_texts"
    /// For others than oneself.
    case notOneself = "not_oneself"
    /// With the consent of a second administrator.
    case twoAdmins = "two_admins"
    /// Emergency access for one hour, with a reason, of which a second administrator is notified.
    case breakGlass = "break_glass"
}
