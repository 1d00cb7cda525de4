/// What an import took, changed, left as it was, and refused.
public struct ImportReport: Sendable, Equatable {
    /// One refused record.
    public struct Refusal: Sendable, Equatable {
        /// The file's name.
        public let file: String
        /// The line in it (from 1), or for GeoJSON the number of the feature's line.
        public let line: Int
        /// The id of the record, as far as it could be read.
        public let record: String
        /// What is wrong and what to do.
        public let reason: String

        /// Makes a refusal.
        public init(file: String, line: Int, record: String, reason: String) {
            self.file = file
            self.line = line
            self.record = record
            self.reason = reason
        }
    }

    /// The counts of one file.
    public struct FileCounts: Sendable, Equatable {
        /// The file's name.
        public let file: String
        /// The layer its records belong to.
        public let layer: Layer
        /// New records.
        public var taken = 0
        /// Records that replaced another state of themselves.
        public var changed = 0
        /// Records that were there already.
        public var unchanged = 0
        /// Records left out.
        public var refused = 0

        /// Makes zero counts.
        public init(file: String, layer: Layer) {
            self.file = file
            self.layer = layer
        }
    }

    /// The counts, one a file.
    public var files: [FileCounts] = []
    /// The refused records, in the order of the files.
    public var refusals: [Refusal] = []

    /// What the operator should know besides, such as columns that were not understood.
    public var notes: [String] = []

    /// Makes an empty report.
    public init() {}
}
