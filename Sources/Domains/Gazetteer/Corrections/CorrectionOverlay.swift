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

    /// The conflicts that the corrections have with a city that is being built.
    ///
    /// - Parameter draft: with all records of the new city; only those of `keys` are read.
    /// - Throws: what the draft throws, or the error of a record that cannot be read.
    public func conflicts(in draft: any CityDraft) throws -> [CorrectionConflict] {
        var contents = GazetteerContents()
        for (layer, keys) in keys {
            for key in keys {
                if let fields = try draft.fields(of: key, in: layer) { contents.add(try layer.kind.init(fields)) }
            }
        }
        return apply(to: &contents)
    }

    // Several fields at once, because some are only valid together, such as the street or microdistrict of a house.
    private static func corrected<Record: GazetteerRecord>(
        _ record: Record,
        _ corrections: [FieldCorrection],
        exists: (Layer, String) -> Bool
    ) throws(RecordError) -> Record {
        var fields = record.fields
        for correction in corrections {
            let (field, value) = (correction.subject.field, correction.value)
            guard !Record.layer.identifyingColumns.contains(field) else {
                throw .malformed(
                    field: field,
                    value: value ?? "",
                    expected: "the identity of the record to stay as it is"
                )
            }
            if let value, let target = Record.layer.references.first(where: { $0.column == field })?.target {
                guard exists(target, value) else { throw .unknownReference(field: field, value: value) }
            }
            fields = try fields.corrected(field, to: value)
        }
        let result = try Record(fields)
        for field in corrections.map(\.subject.field) {
            // A field that the layer does not have is lost when the record is read.
            guard fields.correctable(field) == nil || result.fields.correctable(field) != nil else {
                throw .malformed(
                    field: field,
                    value: fields.correctable(field) ?? "",
                    expected: "a field of \(Record.layer.rawValue)"
                )
            }
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
            let imported = records[index]
            if let corrected = try? Self.corrected(imported, corrections, exists: keys.contains) {
                records[index] = corrected
                conflicts += corrections.compactMap { Self.conflict($0, imported, corrected) }
                continue
            }
            // Find those that cannot be applied, and apply the others.
            for correction in corrections {
                do {
                    records[index] = try Self.corrected(records[index], [correction], exists: keys.contains)
                    conflicts += [Self.conflict(correction, imported, records[index])].compactMap { $0 }
                } catch {
                    conflicts.append(CorrectionConflict(correction, .unusable(reason: "\(error)")))
                }
            }
        }
        for correction in open.values.joined() { conflicts.append(CorrectionConflict(correction, .recordIsGone)) }
    }

    // Values are compared as records write them, because files may spell the same value in another way (`a;b` and `a; b`).
    private static func conflict<Record: GazetteerRecord>(
        _ correction: FieldCorrection,
        _ imported: Record,
        _ corrected: Record
    ) -> CorrectionConflict? {
        let field = correction.subject.field
        let value = imported.fields.correctable(field)
        let before = try? Record(try imported.fields.corrected(field, to: correction.base)).fields.correctable(field)
        guard value != correction.base, value != before ?? correction.base, value != corrected.fields.correctable(field)
        else { return nil }
        return CorrectionConflict(correction, .changedByImport(value: value))
    }
}
