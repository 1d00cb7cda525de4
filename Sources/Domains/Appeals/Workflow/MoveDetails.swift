public import Civic

/// The details given with a move; only the fields that its requirements name are set.
public struct MoveDetails: Sendable, Hashable, Codable {
    /// Why, or the text of a remark, an outcome or the work planned; seen by the applicant and the staff only.
    public var reason: String?
    /// The question to the applicant.
    public var question: String?
    /// What is missing by article 63 or 93 of the Code.
    public var defects: Set<Defect> = []
    /// The day that the move sets: to complete, to reply, of the act, of the work, or the new due date.
    public var date: LocalDate?
    /// The body that has it from now on, or to which it goes.
    public var body: AppealBody.ID?
    /// The executor who gets it.
    public var executor: PersonID?
    /// The rule that decided on the body, with its version.
    public var rule: RuleVersion?
    /// The number given at the registration.
    public var number: AppealNumber?
    /// The number in the state register.
    public var stateNumber: String?
    /// The legal kind.
    public var legalKind: LegalKind?
    /// The outcome.
    public var outcome: Outcome?
    /// The ground of a termination.
    public var ground: TerminationGround?
    /// The report to which this one is joined.
    public var target: AppealNumber?
    /// The number of a part that is sent to another body.
    public var part: Int?
    /// The new category.
    public var category: AppealCategory.ID?
    /// Whether the place was changed.
    public var changesPlace = false
    /// Working days for which a report's term pauses, or did pause when it is resumed.
    public var pauseDays: Int?

    /// Makes empty details.
    public init() {}

    /// Makes details and fills them.
    public init(_ fill: (inout MoveDetails) -> Void) { fill(&self) }
}

/// What an appeal may lack (article 63 (2); for complaints article 93 (2) of the Code).
public enum Defect: String, CaseIterable, Sendable, Hashable, Codable {
    /// The name of the applicant or of the organization.
    case name
    /// The postal address.
    case address
    /// The signature.
    case signature
    /// The body or official addressed.
    case addressee
    /// What it is about.
    case essence
    /// The act, action or inaction complained of.
    case challengedAct = "challenged_act"
    /// The authority of a representative.
    case authority
}
