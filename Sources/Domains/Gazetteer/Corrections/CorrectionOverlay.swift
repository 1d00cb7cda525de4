/// Applies corrections to the records of an import.
public struct CorrectionOverlay: Sendable {
    private let corrections: [Layer: [String: [FieldCorrection]]]
    // Corrections of layers that only another version of the program knows.
    private let unknown: [FieldCorrection]

    /// - Parameter corrections: those in force, at most one for each field.
    public init(_ corrections: [FieldCorrection]) {
        var known: [Layer: [String: [FieldCorrection]]] = [:]
        var unknown: [FieldCorrection] = []
        for correction in corrections {
            if let layer = correction.subject.layer {
                known[layer, default: [:]][correction.subject.key, default: []].append(correction)
            } else {
                unknown.append(correction)
            }
        }
        (self.corrections, self.unknown) = (known, unknown)
    }

    /// Whether there are no corrections.
    public var isEmpty: Bool { corrections.isEmpty && unknown.isEmpty }

    /// The records that applying the corrections needs: those that are corrected, those that corrected fields name, and the
    /// whole layers that corrections must fit into.
    public var selection: RecordSelection {
        var selection = RecordSelection()
        for (layer, correction) in all {
            let subject = correction.subject
            selection.keys[layer, default: []].insert(subject.key)
            if layer.locatingFields.contains(subject.field) { selection.layers.insert(.districts) }
            if Category.isPlace(subject) { selection.layers.insert(.categories) }
            guard let value = correction.value, let target = layer.target(of: subject.field) else { continue }
            selection.keys[target, default: []].insert(value)
        }
        return selection
    }

    /// Applies the corrections.
    ///
    /// - Parameter contents: the records as imported, at least those of `selection`; corrected ones are replaced.
    /// - Returns: the conflicts, in the order of the corrections' numbers.
    public func apply(to contents: inout GazetteerContents) -> [CorrectionConflict] {
        guard !isEmpty else { return [] }
        let city = Surroundings(contents, for: self)
        var conflicts = unknown.map { correction in
            let layer = correction.subject.layerName
            return CorrectionConflict(correction, .unusable(.unknownReference(field: "layer", value: layer)))
        }
        applyToCategories(&contents.categories, city, &conflicts)
        apply(to: &contents.districts, city, &conflicts)
        apply(to: &contents.authorities, city, &conflicts)
        apply(to: &contents.microdistricts, city, &conflicts)
        apply(to: &contents.streets, city, &conflicts)
        apply(to: &contents.addresses, city, &conflicts)
        apply(to: &contents.organizations, city, &conflicts)
        apply(to: &contents.stops, city, &conflicts)
        apply(to: &contents.blocks, city, &conflicts)
        apply(to: &contents.streetLines, city, &conflicts)
        apply(to: &contents.crossings, city, &conflicts)
        apply(to: &contents.houseRanges, city, &conflicts)
        return conflicts.sorted { $0.correction.id < $1.correction.id }
    }

    /// The conflicts that the corrections have with a city that is being built.
    ///
    /// - Parameter draft: with all records of the new city; only those of `selection` are read.
    /// - Throws: the errors of the draft, or the error of a record that cannot be read.
    public func conflicts(in draft: any CityDraft) throws -> [CorrectionConflict] {
        let selection = selection
        var contents = GazetteerContents()
        if selection.layers.contains(.districts) { contents.districts = try draft.districts() }
        if selection.layers.contains(.categories) { contents.categories = try draft.categories() }
        for (layer, keys) in selection.keys where !selection.layers.contains(layer) {
            for key in keys {
                if let fields = try draft.fields(of: key, in: layer) { contents.add(try layer.kind.init(fields)) }
            }
        }
        return apply(to: &contents)
    }

    private var all: [(layer: Layer, correction: FieldCorrection)] {
        corrections.flatMap { layer, records in records.values.joined().map { (layer: layer, correction: $0) } }
    }

    // The records and limits that a single correction is checked against.
    private struct Surroundings {
        private var keys: [Layer: Set<String>] = [:]
        let limits: CityLimits?

        init(_ contents: GazetteerContents, for overlay: CorrectionOverlay) {
            let all = overlay.all
            let layers = Set(all.compactMap { $0.layer.target(of: $0.correction.subject.field) })
            if !layers.isEmpty {
                for record in contents.records where layers.contains(type(of: record).layer) {
                    keys[type(of: record).layer, default: []].insert(record.key)
                }
            }
            let movesAny = all.contains { $0.layer.locatingFields.contains($0.correction.subject.field) }
            limits = movesAny ? (try? DistrictMap(contents.districts)).map(CityLimits.init) : nil
        }

        func contains(_ layer: Layer, _ key: String) -> Bool { keys[layer]?.contains(key) ?? false }
    }

    // Several fields at once, because some are only valid together, such as the street or microdistrict of a house.
    private static func corrected<Record: GazetteerRecord>(
        _ record: Record,
        _ corrections: [FieldCorrection],
        _ city: Surroundings
    ) throws(RecordError) -> Record {
        let layer = Record.layer
        // A value that was accepted before the rules became stricter must not keep other fields from being corrected.
        var fields = record.fields.kept
        // Apply positions first, because moving a point clears the precision of its old position.
        let (moves, others) = (corrections.filter(\.movesPoint), corrections.filter { !$0.movesPoint })
        for correction in moves + others {
            let (field, value) = (correction.subject.field, correction.value)
            guard !layer.identifyingColumns.contains(field) else {
                throw .malformed(
                    field: field,
                    value: value ?? "",
                    expected: "the identity of the record to stay as it is"
                )
            }
            if let value {
                try RecordText.check(value, of: field)
                if let target = layer.target(of: field), !city.contains(target, value) {
                    throw .unknownReference(field: field, value: value)
                }
            }
            fields = try fields.corrected(field, to: value)
        }
        if let limits = city.limits, corrections.contains(where: { layer.locatingFields.contains($0.subject.field) }) {
            fields = try limits.located(fields, in: layer)
        }
        let result = try Record(fields)
        for field in corrections.map(\.subject.field) {
            // A field that the layer does not have is lost when the record is read.
            guard fields.correctable(field) == nil || result.fields.correctable(field) != nil else {
                throw .malformed(
                    field: field,
                    value: fields.correctable(field) ?? "",
                    expected: "a field of \(layer.rawValue)"
                )
            }
        }
        return result
    }

    // Whether a category fits into the tree depends on the others, so corrections that break the tree are found afterwards, and
    // left out one by one, the latest first.
    private func applyToCategories(
        _ categories: inout [Category],
        _ city: Surroundings,
        _ conflicts: inout [CorrectionConflict]
    ) {
        guard let own = corrections[.categories] else { return }
        var refused: Set<Int64> = []
        while true {
            var (corrected, found) = (categories, [CorrectionConflict]())
            apply(to: &corrected, city, &found, leavingOut: refused)
            guard let culprit = Self.culprit(in: corrected, among: own, refused) else {
                categories = corrected
                conflicts += found
                return
            }
            refused.insert(culprit.id)
            conflicts.append(CorrectionConflict(culprit, .unusable(Category.misplacement(culprit.value ?? ""))))
        }
    }

    // The latest correction that puts a category where the tree cannot show it.
    private static func culprit(
        in categories: [Category],
        among corrections: [String: [FieldCorrection]],
        _ refused: Set<Int64>
    ) -> FieldCorrection? {
        let suspects = Category.misplaced(in: categories).flatMap { [$0.id.rawValue, $0.parent?.rawValue ?? ""] }
        return suspects.flatMap { corrections[$0] ?? [] }
            .filter { Category.isPlace($0.subject) && !refused.contains($0.id) }
            .max { $0.id < $1.id }
    }

    private func apply<Record: GazetteerRecord>(
        to records: inout [Record],
        _ city: Surroundings,
        _ conflicts: inout [CorrectionConflict],
        leavingOut refused: Set<Int64> = []
    ) {
        guard var open = corrections[Record.layer] else { return }
        for index in records.indices {
            guard let all = open.removeValue(forKey: records[index].key) else { continue }
            let corrections = all.filter { !refused.contains($0.id) }
            guard !corrections.isEmpty else { continue }
            let imported = records[index]
            if let corrected = try? Self.corrected(imported, corrections, city) {
                records[index] = corrected
                conflicts += corrections.compactMap { Self.conflict($0, imported, corrected) }
                continue
            }
            // Find those that cannot be applied, and apply the others.
            for correction in corrections {
                do throws(RecordError) {
                    records[index] = try Self.corrected(records[index], [correction], city)
                    conflicts += [Self.conflict(correction, imported, records[index])].compactMap { $0 }
                } catch {
                    conflicts.append(CorrectionConflict(correction, .unusable(error)))
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

extension FieldCorrection {
    /// Whether it moves the point of a record.
    fileprivate var movesPoint: Bool { subject.field == Self.position }
}
