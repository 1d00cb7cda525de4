/// A preview of what an erasure deletes and keeps.
public struct ErasurePreview: Sendable, Equatable {
    /// Records of one kind that are erased.
    public struct Item: Sendable, Equatable {
        /// The kind: a stable word for the texts `erasure_<subject>`, such as `profile` or `sessions`.
        public let subject: String
        /// How many records.
        public let count: Int

        /// Counts records.
        public init(subject: String, count: Int) { (self.subject, self.count) = (subject, count) }
    }

    /// Records of one kind that the law requires to keep.
    public struct Kept: Sendable, Equatable {
        /// The kind: a stable word for the texts `erasure_<subject>`.
        public let subject: String
        /// How many records.
        public let count: Int
        /// The law that requires it: a stable word for the texts `erasure_reason_<reason>`, such as `audit` (information
        /// security) or `appeals` (Administrative Procedural and Process-Related Code).
        public let reason: String

        /// Counts records.
        public init(subject: String, count: Int, reason: String) {
            (self.subject, self.count, self.reason) = (subject, count, reason)
        }
    }

    /// What is erased at once.
    public var erased: [Item]
    /// What is kept, without name or address.
    public var kept: [Kept]

    /// Makes a preview; kinds without any records are left out of what is erased.
    public init(erased: [Item] = [], kept: [Kept] = []) {
        (self.erased, self.kept) = (erased.filter { $0.count > 0 }, kept)
    }

    /// This preview together with that of another feature.
    public func adding(_ other: ErasurePreview) -> ErasurePreview {
        ErasurePreview(erased: erased + other.erased, kept: kept + other.kept)
    }
}
