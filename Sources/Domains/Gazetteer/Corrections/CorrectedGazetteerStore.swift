/// The city as served: what was imported, with the corrections of staff over it.
public struct CorrectedGazetteerStore: GazetteerStore {
    private let city: any GazetteerStore
    private let corrections: any CorrectionStore

    /// Lays the corrections of one store over the records of another.
    public init(_ city: any GazetteerStore, corrections: any CorrectionStore) {
        (self.city, self.corrections) = (city, corrections)
    }

    /// Reads everything, with corrections applied.
    public func contents() async throws -> GazetteerContents { try await corrected().contents }

    /// The corrections that need a look, because the city has changed beneath them.
    public func conflicts() async throws -> [CorrectionConflict] { try await corrected().conflicts }

    /// A number that changes when the city is replaced or a correction is made or withdrawn.
    ///
    /// City versions are times in milliseconds and lie farther apart than the few corrections that are made between two
    /// builds can bridge.
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
