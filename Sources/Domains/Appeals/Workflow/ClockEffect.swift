/// What a move does to the term of an appeal.
public enum ClockEffect: String, CaseIterable, Sendable, Hashable, Codable {
    /// Nothing.
    case none
    /// The instant of receipt is stored.
    case receipt
    /// The service term of the category starts at the receipt.
    case serviceTerm = "service_term"
    /// The legal term starts on the day after the registration.
    case legalTerm = "legal_term"
    /// The term here ends, and a new one starts at the other body on the day after the arrival (article 76 (2)).
    case restart
    /// The term here ends, because another body answers.
    case end
    /// The term of the appeal stays; the part gets its own.
    case partTerm = "part_term"
    /// The term runs on.
    case runsOn = "runs_on"
    /// The term pauses; only that of a report does.
    case pause
    /// The term resumes; only that of a report does.
    case resume
    /// The due date is the one given.
    case newDueDate = "new_due_date"
    /// A day is promised beside the due date.
    case promisedDate = "promised_date"
    /// The term stops, because there is an answer or an outcome.
    case stop
    /// Half the service term of the category, at least one working day.
    case halfTerm = "half_term"
    /// The term follows that of the report it was joined to.
    case follow
    /// The dates are computed again.
    case recompute
}
