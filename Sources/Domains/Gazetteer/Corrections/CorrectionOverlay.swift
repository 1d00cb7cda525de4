/// Applies corrections to the records of an import.
public struct CorrectionOverlay: Sendable {
    private let corrections: [Layer: [String: [FieldCorrection]]]

    /// - Parameter corrections: those in force, at most one for each field.
    public init(_ corrections: [FieldCorrection]) {
        self.corrections = Dictionary(grouping: corrections, by: \.subject.layer)
            .mapValues { Dictionary(grouping: $0, by: \.subject.key) }
    }

    /// The records that applying the corrections needs: those that are corrected, and those that corrected fields name.
    public var keys: [Layer: Set<String>] {
        var keys: [Layer: Set<String>] = [:]
        for correction in corrections.values.flatMap(\.values).joined() {
            let subject = correction.subject
            keys[subject.layer, default: []].insert(subject.key)
            guard let value = correction.value,
                let target = subject.layer.references.first(where: { $0.column == subject.field })?.target
            else { continue }
            keys[target, default: []].insert(value)
        }
        return keys
    }

    /// Applies the corrections.
    ///
    /// - Parameter contents: the records as imported, at least those of `keys`; corrected ones are replaced.
    /// - Returns: the conflicts, in the order of the corrections' numbers.
    public func apply(to contents: inout GazetteerContents) -> [CorrectionConflict] {
        guard !corrections.isEmpty else { return [] }
        let keys = Keys(contents, of: referencedLayers)
        var conflicts: [CorrectionConflict] = []
        apply(to: &contents.categories, keys, &conflicts)
        apply(to: &contents.districts, keys, &conflicts)
        apply(to: &contents.authorities, keys, &conflicts)
        apply(to: &contents.microdistricts, keys, &conflicts)
        apply(to: &contents.streets, keys, &conflicts)
        apply(to: &contents.addresses, keys, &conflicts)
        apply(to: &contents.organizations, keys, &conflicts)
        apply(to: &contents.stops, keys, &conflicts)
        apply(to: &contents.blocks, keys, &conflicts)
        apply(to: &contents.streetLines, keys, &conflicts)
        apply(to: &contents.crossings, keys, &conflicts)
        apply(to: &contents.houseRanges, keys, &conflicts)
        return conflicts.sorted { $0.correction.id < $1.correction.id }
    }

    /// A record with one field changed, if the result is a record that can be used.
    ///
    /// - Parameter exists: whether a layer has a record of a key, for fields that name one.
    /// - Throws: `RecordError` naming what is wrong with the value, or that records of this kind have no such field.
    public static func corrected<Record: GazetteerRecord>(
        _ record: Record,
        _ field: String,
        to value: String?,
        exists: (Layer, String) -> Bool
    ) throws(RecordError) -> Record {
        guard !Record.layer.identifyingColumns.contains(field) else {
            throw .malformed(field: field, value: value ?? "", expected: "what identifies the record to stay as it is")
        }
        let before = record.fields
        let result = try Record(try before.corrected(field, to: value))
        // A field that the layer does not have is lost when the record is read.
        guard result.fields.correctable(field) == value || result.fields != before else {
            throw .malformed(field: field, value: value ?? "", expected: "a field of \(Record.layer.rawValue)")
        }
        if let value, let target = Record.layer.references.first(where: { $0.column == field })?.target {
            guard exists(target, value) else { throw .unknownReference(field: field, value: value) }
        }
        return result
    }

    private struct Keys {
        private var keys: [Layer: Set<String>] = [:]

        init(_ contents: GazetteerContents, of layers: Set<Layer>) {
            guard !layers.isEmpty else { return }
            for record in contents.records where layers.contains(type(of: record).layer) {
                keys[type(of: record).layer, default: []].insert(record.key)
            }
        }

        func contains(_ layer: Layer, _ key: String) -> Bool { keys[layer]?.contains(key) ?? false }
    }

    // The layers that corrected fields name records of.
    private var referencedLayers: Set<Layer> {
        let subjects = corrections.values.flatMap(\.values).joined().map(\.subject)
        return Set(
            subjects.compactMap { subject in
                subject.layer.references.first { $0.column == subject.field }?.target
            }
        )
    }

    private func apply<Record: GazetteerRecord>(
        to records: inout [Record],
        _ keys: Keys,
        _ conflicts: inout [CorrectionConflict]
    ) {
        guard var open = corrections[Record.layer] else { return }
        for index in records.indices {
            guard let corrections = open.removeValue(forKey: records[index].key) else { continue }
            let imported = records[index].fields
            for correction in corrections {
                let field = correction.subject.field
                do {
                    records[index] = try Self.corrected(
                        records[index],
                        field,
                        to: correction.value,
                        exists: keys.contains
                    )
                    let value = imported.correctable(field)
                    if value != correction.base, value != correction.value {
                        conflicts.append(CorrectionConflict(correction, .changedByImport(value: value)))
                    }
                } catch {
                    conflicts.append(CorrectionConflict(correction, .unusable(reason: "\(error)")))
                }
            }
        }
        for correction in open.values.joined() { conflicts.append(CorrectionConflict(correction, .recordIsGone)) }
    }
}
