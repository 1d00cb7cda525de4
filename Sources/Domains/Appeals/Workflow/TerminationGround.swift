/// A ground on which an examination is discontinued (article 70 (1), 88 (1) and 95 (1) of the Code).
public enum TerminationGround: String, CaseIterable, Sendable, Hashable, Codable {
    /// The same body has decided on the same matter, and there are no new arguments.
    case repeated
    /// Author, signature or address are missing.
    case anonymous
    /// The text does not say what it is about.
    case noEssence = "no_essence"
    /// A court decides or has decided the matter.
    case court
    /// The applicant has died or no longer exists, and there is no successor.
    case noApplicant = "no_applicant"
    /// Another ground of the law, which the reason names with its article.
    case other
}
