/// What a move requires besides the state and the actor.
///
/// `MoveDetails` and the appeal itself decide most of them (`Appeal.meets`). Those of `attested` concern what a use case has at
/// hand, such as a verified signature; it lists in `MoveRequest.attested` those that it found met.
public enum MoveRequirement: String, CaseIterable, Sendable, Hashable, Codable {
    /// The form is complete.
    case completeForm = "complete_form"
    /// The consents are given, with the versions of their texts.
    case consents
    /// The request has a key by which a repeated one is recognised.
    case idempotencyKey = "idempotency_key"
    /// The applicant's electronic signature was verified, or an operator has the signed paper (article 63 (2)).
    case applicantSignature = "applicant_signature"
    /// The applicant's written statement is there (article 64 (9)).
    case writtenStatement = "written_statement"
    /// The official who may do it has signed.
    case officialSignature = "official_signature"
    /// The receipt names who accepted the appeal (article 64 (2)).
    case receipt
    /// A covering letter is attached.
    case coverLetter = "cover_letter"
    /// What was missing is there.
    case curedDefects = "cured_defects"
    /// It repeats an appeal that was finished without new arguments, or it is obscene or insulting (article 64 (7) 2).
    case repeatOrInsult = "repeat_or_insult"
    /// The day given is a working day.
    case workingDay = "working_day"
    /// The preliminary decision is attached, with the way of the hearing (article 73).
    case preliminaryDecision = "preliminary_decision"
    /// The act comes at least three working days later (article 73).
    case threeWorkingDaysAhead = "three_working_days_ahead"
    /// The head has agreed.
    case headApproval = "head_approval"
    /// There is an objection, or two working days have passed; an oral hearing has its minutes (article 73, 74).
    case commentsTaken = "comments_taken"
    /// The answer is in the language of the appeal (article 89 (2)).
    case answerInLanguage = "answer_in_language"
    /// The answer says where, by when and how to complain (article 80 (5)).
    case remedyBlock = "remedy_block"
    /// No placeholder of a template is left.
    case noPlaceholder = "no_placeholder"
    /// The new day is at most two months after the decision (article 76 (3)).
    case withinTwoMonths = "within_two_months"
    /// The term has not expired yet.
    case beforeDueDate = "before_due_date"
    /// The file of the case is attached.
    case caseFile = "case_file"
    /// The organization has received its link.
    case mailedLink = "mailed_link"
    /// A photo is attached.
    case photo
    /// Links lead both ways, and the followers have moved.
    case followersMoved = "followers_moved"
    /// The new case is linked with the report.
    case linkedCase = "linked_case"
    /// The hearing may be skipped, with the reason (article 73 (2)).
    case hearingMayBeSkipped = "hearing_may_be_skipped"

    /// A number is given.
    case number
    /// A legal kind is given.
    case legalKind = "legal_kind"
    /// A reason, a remark or a text is given.
    case reason
    /// A question is given.
    case question
    /// A day is given.
    case date
    /// The rule that decided is named, or a reason is given.
    case ruleOrReason = "rule_or_reason"
    /// The body stays the same.
    case sameBody = "same_body"
    /// Another body is given.
    case otherBody = "other_body"
    /// The part is numbered, and the number is free and at most `AppealNumber.maxParts`.
    case freePart = "free_part"
    /// What is missing is named.
    case defects
    /// The day by which the applicant had to complete the appeal has passed.
    case curingTermExpired = "curing_term_expired"
    /// No crime or threat was reported.
    case noDanger = "no_danger"
    /// The pauses of a report do not exceed `Appeal.maxPauseDays` together.
    case pauseWithinLimit = "pause_within_limit"
    /// The applicant has replied, or the day has come.
    case replyOrDay = "reply_or_day"
    /// An outcome of the procedure is given, or was given with the draft answer.
    case outcome
    /// An outcome is given that the procedure allows before any work.
    case outcomeWithoutWork = "outcome_without_work"
    /// An outcome is given that satisfies a complaint in full.
    case outcomeInFull = "outcome_in_full"
    /// All parts sent to other bodies are finished.
    case partsFinished = "parts_finished"
    /// A hearing was held before an unfavourable outcome, or may be skipped (article 73).
    case hearingHeld = "hearing_held"
    /// The term was not extended before.
    case notExtendedBefore = "not_extended_before"
    /// A ground of the law is given.
    case ground
    /// A photo is attached if the category wants photos and the outcome is that the problem is solved.
    case photoIfWanted = "photo_if_wanted"
    /// At most `Appeal.daysToReconsider` have passed since the appeal was finished.
    case withinThirtyDays = "within_thirty_days"
    /// The report was not reopened before.
    case notReopenedBefore = "not_reopened_before"
    /// Another report is given.
    case targetReport = "target_report"
    /// A category or a place is given.
    case newSubject = "new_subject"

    /// Those that a use case finds met.
    public static let attested: Set<MoveRequirement> = [
        .completeForm, .consents, .idempotencyKey, .applicantSignature, .writtenStatement, .officialSignature, .receipt,
        .coverLetter, .curedDefects, .repeatOrInsult, .workingDay, .preliminaryDecision, .threeWorkingDaysAhead,
        .headApproval, .commentsTaken, .answerInLanguage, .remedyBlock, .noPlaceholder, .withinTwoMonths,
        .beforeDueDate, .caseFile, .mailedLink, .photo, .followersMoved, .linkedCase, .hearingMayBeSkipped,
    ]
}
