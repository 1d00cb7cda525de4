/// The procedure in which an appeal is examined; it decides which moves there are.
public enum AppealProcedure: String, CaseIterable, Sendable, Hashable, Codable {
    /// That of applications (chapters 9 to 11 of the Code).
    case ordinary
    /// The simplified one of messages, requests, proposals and responses (chapter 12).
    case simplified
    /// That of complaints before a court (chapters 13 to 15).
    case complaint
    /// That of a city report, which no law regulates.
    case report

    /// The regime.
    public var regime: AppealRegime { self == .report ? .report : .official }
}

/// The two ways to tell the city something.
public enum AppealRegime: String, CaseIterable, Sendable, Hashable, Codable {
    /// An official appeal under the Administrative Procedural and Process-Related Code: signed, with legal terms.
    case official
    /// A report of a problem of the city: no signature, the service term of its category.
    case report
}
