/// The city as served: the imported records with the corrections by staff applied.
public struct CorrectedGazetteerStore: GazetteerStore {
    private let city: any GazetteerStore
    private let corrections: any CorrectionStore

    /// Applies the corrections of one store to the records of another.
    public init(_ city: any GazetteerStore, corrections: any CorrectionStore) {
        (self.city, self.corrections) = (city, corrections)
    }

    /// Reads everything, with corrections applied.
    public func contents() async throws -> GazetteerContents { try await corrected().contents }

    /// The corrections that need review, because the city has changed since they were made.
    public func conflicts() async throws -> [CorrectionConflict] { try await corrected().conflicts }

    /// A number that changes when the city is replaced or a correction is made or withdrawn.
    ///
    /// Versions of the city are times in milliseconds, so the number of corrections between two builds never makes up the
    /// difference.
    public func version() async throws -> Int {
        try await city.version() + corrections.correctionsVersion()
    }

    private func corrected() async throws -> (contents: GazetteerContents, conflicts: [CorrectionConflict]) {
        let overlay = CorrectionOverlay(try await corrections.correctionsInForce())
        var contents = try await city.contents()
        let conflicts = overlay.apply(to: &contents)
        return (contents, conflicts)
    }
}
