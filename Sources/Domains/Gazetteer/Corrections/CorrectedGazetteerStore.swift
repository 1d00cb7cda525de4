public import Civic
import Dispatch

public import struct Foundation.Date

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
        let contents = try await city.contents()
        return overlay.isEmpty ? contents : await Self.applied(overlay, to: contents).contents
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
        guard !overlay.isEmpty else { return [] }
        return await Self.applied(overlay, to: try await city.contents(of: overlay.selection)).conflicts
    }

    /// Prepares corrections of one record, to be stored together.
    ///
    /// They are checked as if they were in force: alone and with each other, with the corrections of other fields, and with the
    /// rest of the city. Values are returned as records hold them, so that they can be compared with later imports.
    ///
    /// - Parameters:
    ///   - key: the key of the record.
    ///   - layer: its layer.
    ///   - values: the new values by field, as in files or, for a position, as in `FieldCorrection.value`; nil empties a field.
    ///   - author: who makes them.
    ///   - reason: why they are made.
    ///   - time: when they are made.
    /// - Returns: the corrections, in the order of their fields.
    /// - Throws: `RecordError` when there is no such record, a value cannot be used, or the reason is blank; the errors of the
    ///   storage engines.
    public func prepare(
        _ key: String,
        in layer: Layer,
        _ values: [String: String?],
        by author: PersonID,
        because reason: String,
        at time: Date
    ) async throws -> [NewCorrection] {
        guard !reason.trimmingSpaces().isEmpty else { throw RecordError.missing(field: "reason") }
        try RecordText.check(reason, of: "reason")
        let fields = values.keys.sorted()
        let subjects = fields.map { FieldCorrection.Subject(layer: layer, key: key, field: $0) }
        let others = try await corrections.correctionsInForce().filter { !subjects.contains($0.subject) }
        let first = (others.last?.id ?? 0) + 1
        let own = subjects.enumerated().map { index, subject in
            FieldCorrection(
                id: first + Int64(index),
                subject: subject,
                value: (values[subject.field] ?? nil).flatMap { $0.trimmingSpaces().isEmpty ? nil : $0 },
                base: nil,
                author: author,
                reason: reason,
                time: time
            )
        }
        let overlay = CorrectionOverlay(others + own)
        let imported = try await city.contents(of: overlay.selection)
        let (corrected, conflicts) = await Self.applied(overlay, to: imported)
        for conflict in conflicts where conflict.correction.id >= first {
            if case .unusable(let error) = conflict.cause { throw error }
        }
        guard let before = imported.record(key, in: layer), let after = corrected.record(key, in: layer) else {
            throw RecordError.absent(id: key)
        }
        return subjects.map { subject in
            NewCorrection(
                subject,
                value: after.fields.correctable(subject.field),
                base: before.fields.correctable(subject.field),
                author: author,
                reason: reason,
                time: time
            )
        }
    }

    /// A number that changes when the city is replaced or a correction is made or withdrawn.
    ///
    /// Both addends are based on times in milliseconds, so the number of corrections made between two builds cannot cancel out
    /// a change of the city's version.
    public func version() async throws -> Int {
        try await city.version() + corrections.correctionsVersion()
    }

    // On a thread of its own, because it may look at every record and build the map of the districts, and the caller may run on an
    // event loop.
    private static func applied(
        _ overlay: CorrectionOverlay,
        to contents: GazetteerContents
    ) async -> (contents: GazetteerContents, conflicts: [CorrectionConflict]) {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                var contents = contents
                let conflicts = overlay.apply(to: &contents)
                continuation.resume(returning: (contents, conflicts))
            }
        }
    }
}

extension GazetteerContents {
    /// The record of a layer that has a key.
    fileprivate func record(_ key: String, in layer: Layer) -> (any GazetteerRecord)? {
        records.first { type(of: $0).layer == layer && $0.key == key }
    }
}
