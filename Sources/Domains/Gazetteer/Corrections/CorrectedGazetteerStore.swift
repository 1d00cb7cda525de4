/// The city as served: the imported records with the corrections by staff applied.
public struct CorrectedGazetteerStore: GazetteerStore {
    private let city: any ImportedGazetteerStore
    private let corrections: any CorrectionStore

    /// Applies the corrections of one store to the records of another.
    public init(_ city: any ImportedGazetteerStore, corrections: any CorrectionStore) {
        (self.city, self.corrections) = (city, corrections)
    }

    /// Reads everything, with corrections applied.
    public func contents() async throws -> GazetteerContents {
        let overlay = try await overlay()
        var contents = try await city.contents()
        _ = overlay.apply(to: &contents)
        return contents
    }

    /// The corrections in force, to be compared with a city that is being built.
    public func overlay() async throws -> CorrectionOverlay {
        CorrectionOverlay(try await corrections.correctionsInForce())
    }

    /// The corrections that need review, because the city has changed since they were made.
    ///
    /// Reads only the records that corrections concern, so that an import needs no more memory for a larger city.
    public func conflicts() async throws -> [CorrectionConflict] {
        let overlay = try await overlay()
        guard !overlay.keys.isEmpty else { return [] }
        var contents = try await city.contents(of: overlay.keys)
        return overlay.apply(to: &contents)
    }

    /// A number that changes when the city is replaced or a correction is made or withdrawn.
    ///
    /// Versions of the city are times in milliseconds, so the number of corrections between two builds never makes up the
    /// difference.
    public func version() async throws -> Int {
        try await city.version() + corrections.correctionsVersion()
    }
}
