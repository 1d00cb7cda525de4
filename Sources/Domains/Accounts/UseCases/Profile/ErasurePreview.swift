/// A preview of what an erasure deletes and keeps.
public struct ErasurePreview: Sendable, Equatable {
    /// Records of one kind that are erased.
    public struct Item: Sendable, Equatable {
        /// The kind: a stable word for the texts, such as `profile` or `sessions`.
        public let subject: String
        /// How many records.
        public let count: Int
    }

    /// Records of one kind that the law requires to keep.
    public struct Kept: Sendable, Equatable {
        /// The kind: a stable word for the texts.
        public let subject: String
        /// How many records.
        public let count: Int
        /// The law that requires it: a stable word for the texts, `audit` (information security) or `appeals` (APPC).
        public let reason: String
    }

    /// What is erased at once.
    public let erased: [Item]
    /// What is kept, without name or address.
    public let kept: [Kept]

    /// Counts what is stored of a person.
    init(_ data: StoredPersonalData) {
        let counts = [
            ("profile", 1), ("phone", data.details.phone == nil ? 0 : 1), ("iin", data.details.iin == nil ? 0 : 1),
            ("consents", data.consents.count), ("sessions", data.sessions.count),
            ("identities", data.identities.count), ("second_factor", data.secondFactor == nil ? 0 : 1),
            ("email_change", data.emailChange == nil ? 0 : 1), ("former_emails", data.formerEmails.count),
            ("mails", data.mails.count),
        ]
        erased = counts.filter { $0.1 > 0 }.map { Item(subject: $0.0, count: $0.1) }
        kept = [Kept(subject: "audit", count: data.events.count, reason: "audit")]
    }
}
