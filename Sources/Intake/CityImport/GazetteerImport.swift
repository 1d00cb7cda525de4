public import Gazetteer

/// Reads files into a draft of the city: decides for each record whether it is new, changed, unchanged, or wrong.
///
/// Records are written to the draft as they are read; none is kept in memory. After an error the draft contains part of a
/// file and must be discarded.
public struct GazetteerImport {
    /// How far a file has been read, 0 to 1.
    public typealias Progress = (_ file: String, _ share: Double) -> Void

    /// Where the records go.
    public let draft: any CityDraft
    /// What was added, changed, unchanged, deleted and refused.
    public private(set) var report = ImportReport()

    /// The default number of refused records after which an import stops, because the file is probably of another kind.
    public static let maxRefusals = 1_000

    private var districts: DistrictMap?
    private let maxRefusals: Int

    /// Begins an import.
    ///
    /// - Parameters:
    ///   - draft: the city as it is so far.
    ///   - maxRefusals: the number of refused records, in all files together, after which reading stops.
    /// - Throws: what the draft throws.
    public init(into draft: any CityDraft, maxRefusals: Int = maxRefusals) throws {
        self.draft = draft
        self.maxRefusals = maxRefusals
        let known = try draft.districts()
        // A city without districts, or with some that do not fit together, has no borders to check positions against.
        districts = try? DistrictMap(known)
    }

    /// Reads the records of a file.
    ///
    /// - Throws: `CityImportError` when the whole file is unusable, or after too many refusals, which are then in the
    ///   report; else what the draft throws.
    public mutating func read(_ file: ImportFile, progress: Progress = { _, _ in }) throws {
        var table = try ImportTable(file)
        var batch = Batch(file, number: report.files.count, layer: table.layer)
        try readRows(of: &table, &batch, .write, progress)
        if table.layer == .districts { try adopt(batch) }
        commit(batch, table)
        progress(file.name, 1)
    }

    /// Deletes the records whose keys a file lists; its other columns are ignored.
    ///
    /// - Throws: as `read(_:progress:)`.
    public mutating func delete(_ file: ImportFile, progress: Progress = { _, _ in }) throws {
        var table = try ImportTable(file, requiring: { [$0.keyColumn] })
        var batch = Batch(file, number: report.files.count, layer: table.layer)
        try readRows(of: &table, &batch, .delete, progress)
        if table.layer == .districts {
            do {
                districts = try DistrictMap(try draft.districts())
            } catch {
                throw CityImportError.districtsAreNoPartition(file: file.name, reason: "\(error)")
            }
        }
        commit(batch, table)
        progress(file.name, 1)
    }

    /// Throws unless every layer has a usable record, as a whole city must.
    ///
    /// - Throws: `CityImportError.missingLayers`.
    public func requireEveryLayer() throws(CityImportError) {
        let missing = Layer.allCases.filter { layer in
            !report.files.contains { $0.layer == layer && $0.used > 0 }
        }
        if !missing.isEmpty { throw .missingLayers(missing) }
    }

    private static let longestName = 80

    private struct Batch {
        let file: String
        let number: Int
        let kind: any GazetteerRecord.Type
        let check: RowCheck
        var counts: ImportReport.FileCounts
        var districts: [District] = []
        var refusals: [ImportReport.Refusal] = []

        init(_ file: ImportFile, number: Int, layer: Layer) {
            (self.file, self.number) = (file.name, number)
            kind = layer.kind
            check = RowCheck(layer)
            counts = ImportReport.FileCounts(file: file.name, layer: layer)
        }

        mutating func refuse(_ line: Int, _ record: String, _ reason: String) {
            refusals.append(.init(file: file, line: line, record: record, reason: reason))
            counts.refused += 1
        }
    }

    private enum Purpose {
        case write
        case delete
    }

    private mutating func readRows(
        of table: inout ImportTable,
        _ batch: inout Batch,
        _ purpose: Purpose,
        _ progress: Progress
    ) throws {
        var number = 0
        while let row = try table.next() {
            if number % 512 == 0 { progress(batch.file, table.share) }
            number += 1
            switch row.content {
            case .failure(let fault): batch.refuse(row.line, "", fault.reason)
            case .success(let fields):
                do {
                    switch purpose {
                    case .write: try take(fields, row.line, among: table.columns, into: &batch)
                    case .delete: try drop(fields, &batch)
                    }
                } catch let error as RecordError {
                    batch.refuse(row.line, Self.name(of: fields), "\(error)")
                }
            }
            guard report.refusals.count + batch.refusals.count < maxRefusals else {
                report.refusals += batch.refusals
                throw CityImportError.tooManyRefusals(file: batch.file, line: row.line, count: report.refusals.count)
            }
        }
    }

    // The name appears in the report, and a field may be as long as the file.
    private static func name(of row: RowFields) -> String {
        let written = row.fields.text("id") ?? row.fields.text("slug") ?? row.fields.text("name_ru") ?? ""
        return String(written.prefix(longestName))
    }

    private func take(_ row: RowFields, _ line: Int, among columns: Set<String>, into batch: inout Batch) throws {
        let layer = batch.kind.layer
        try batch.check.check(row)
        let known = try row.fields.text(layer.keyColumn).flatMap { try draft.fields(of: $0, in: layer) }
            .map { (try? batch.kind.init($0).fields) ?? $0 }
        // In GeoJSON each feature has its own columns.
        let own = row.columns.isEmpty ? columns : row.columns
        let fields = known.map { row.completed(from: $0, fileColumns: own) } ?? row.fields
        let record = try batch.kind.init(try located(fields, layer: layer))
        try checkReferences(of: record)
        if let first = try draft.meet(record.key, file: batch.number, line: line) {
            throw RecordError.duplicate(id: record.key, line: first)
        }
        if let known, known == record.fields {
            batch.counts.unchanged += 1
            return
        }
        if let district = record as? District { try requireOwnNumber(district) }
        try draft.write(record)
        if known == nil { batch.counts.taken += 1 } else { batch.counts.changed += 1 }
        if let district = record as? District { batch.districts.append(district) }
    }

    private func requireOwnNumber(_ district: District) throws {
        let other = try draft.districts().first { $0.number == district.number && $0.id != district.id }
        guard let other else { return }
        throw RecordError.malformed(
            field: "id",
            value: "\(district.number)",
            expected: "a number that no other district has; it is that of \(other.id.rawValue)"
        )
    }

    private func drop(_ row: RowFields, _ batch: inout Batch) throws {
        let layer = batch.kind.layer
        guard let key = row.fields.text(layer.keyColumn) else { throw RecordError.missing(field: layer.keyColumn) }
        guard try draft.contains(key, in: layer) else { throw RecordError.absent(id: key) }
        if let referrer = try draft.referrer(to: key, in: layer) {
            throw RecordError.inUse(id: key, by: "\(referrer.layer.rawValue) \(referrer.key)")
        }
        try draft.delete(key, in: layer)
        batch.counts.deleted += 1
    }

    private func checkReferences(of record: any GazetteerRecord) throws {
        for (column, target) in type(of: record).layer.references {
            guard let value = record.fields.text(column) else { continue }
            guard try draft.contains(value, in: target) else {
                throw RecordError.unknownReference(field: column, value: value)
            }
        }
    }

    // The position determines the district; a position outside the city is refused.
    private func located(_ fields: Fields, layer: Layer) throws(RecordError) -> Fields {
        guard let districts else { return fields }
        return try CityLimits(districts).located(fields, in: layer)
    }

    private mutating func adopt(_ batch: Batch) throws {
        let replaced = Set(batch.districts.map(\.id))
        do {
            districts = try DistrictMap((districts?.all ?? []).filter { !replaced.contains($0.id) } + batch.districts)
        } catch {
            // When one district was refused, the remaining ones may leave a gap.
            let first = batch.refusals.first.map { "line \($0.line): \($0.reason)" }
            throw CityImportError.districtsAreNoPartition(file: batch.file, reason: first ?? error.reason)
        }
    }

    private mutating func commit(_ batch: Batch, _ table: ImportTable) {
        report.files.append(batch.counts)
        report.refusals += batch.refusals
        if !table.unknownColumns.isEmpty {
            report.notes.append(
                "\(batch.file): columns not understood and left out: \(table.unknownColumns.joined(separator: ", "))"
            )
        }
    }
}
