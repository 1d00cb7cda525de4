/// The records that an import took, changed, left unchanged and refused.
public struct ImportReport: Sendable, Equatable {
    /// One refused record.
    public struct Refusal: Sendable, Equatable {
        /// The file's name.
        public let file: String
        /// The line in the file (from 1); for GeoJSON the line of the feature.
        public let line: Int
        /// The id of the record, if it could be read.
        public let record: String
        /// What is wrong and how to correct it.
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
        /// Records that replaced a different version.
        public var changed = 0
        /// Records that were already present.
        public var unchanged = 0
        /// Rejected records.
        public var refused = 0
        /// Records that were removed because the file lists them for deletion.
        public var deleted = 0

        /// The records that the import could use.
        public var used: Int { taken + changed + unchanged + deleted }

        /// Makes zero counts.
        public init(file: String, layer: Layer) {
            self.file = file
            self.layer = layer
        }
    }

    /// The counts, one entry per file.
    public var files: [FileCounts] = []
    /// The refused records, in the order of the files.
    public var refusals: [Refusal] = []

    /// Further notes for the operator, such as columns that were not recognised.
    public var notes: [String] = []

    /// Makes an empty report.
    public init() {}
}
