/// What can be done with an appeal; `Workflow` says when, by whom and under which conditions.
public enum AppealMove: String, CaseIterable, Sendable, Hashable, Codable {
    /// Send the draft.
    case submit
    /// Give a city report its number and start the service term.
    case registerReport = "register_report"
    /// Register an official appeal under its legal kind.
    case registerOfficial = "register_official"
    /// Name the responsible body.
    case assign
    /// Begin the examination or the work.
    case takeUp = "take_up"
    /// Give it to another executor of the same body.
    case reassign
    /// Forward the whole to another body in the portal, which registers it anew.
    case transfer
    /// Forward the whole to a body outside the portal.
    case forward
    /// Send a part to another body as an appeal of its own.
    case forwardPart = "forward_part"
    /// Tell the applicant what the law requires and is missing.
    case nameDefects = "name_defects"
    /// Complete what was missing.
    case cureDefects = "cure_defects"
    /// Return it because it was not completed in time.
    case returnUncured = "return_uncured"
    /// Return an identical repeat or an insult.
    case returnUnexamined = "return_unexamined"
    /// Ask the applicant a question.
    case askApplicant = "ask_applicant"
    /// Go on after the reply, or after the day by which it was due.
    case endWaiting = "end_waiting"
    /// Send the preliminary decision before an unfavourable one.
    case openHearing = "open_hearing"
    /// Go on after the applicant's comments, or after the term for them.
    case endHearing = "end_hearing"
    /// Submit the draft answer to the head.
    case sendForSignature = "send_for_signature"
    /// Send the draft answer back to the executor.
    case sendBack = "send_back"
    /// Sign and send the answer.
    case answer
    /// Extend the term to establish facts.
    case extend
    /// Pass a complaint to the higher body.
    case passUp = "pass_up"
    /// Satisfy a complaint in full.
    case satisfyComplaint = "satisfy_complaint"
    /// Discontinue the examination.
    case terminate
    /// Withdraw it.
    case withdraw
    /// Set the day of the work.
    case schedule
    /// Give the report to an organization outside the portal.
    case giveToOrganization = "give_to_organization"
    /// Take it back from the organization.
    case takeBack = "take_back"
    /// Close a report with its outcome after work on it.
    case close
    /// Close a report with its outcome before any work.
    case closeAtOnce = "close_at_once"
    /// Say that the problem of a closed report is not solved.
    case reopen
    /// Give a reopened report back to the executor.
    case resumeWork = "resume_work"
    /// Join a report to another one of the same problem.
    case merge
    /// Undo the joining.
    case undoMerge = "undo_merge"
    /// Make an official appeal out of a report; the report keeps its state.
    case fileOfficially = "file_officially"
    /// Change the legal kind.
    case changeKind = "change_kind"
    /// Change the category or the place, and so the route.
    case reclassify
    /// Correct a slip in an answer that was sent.
    case correctSlip = "correct_slip"
    /// Hand a report of a crime or a threat over at once.
    case reportDanger = "report_danger"
}
