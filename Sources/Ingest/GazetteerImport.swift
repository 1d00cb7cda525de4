public import Gazetteer
import Geo

/// Reads files against what the gazetteer holds: decides for each record whether it is new, changed, the same, or wrong.
///
/// Nothing is written here; `changes` and `report` go to the store together, in one transaction.
public struct GazetteerImport {
    /// How far a file has been read, 0 to 1.
    public typealias Progress = (_ file: String, _ share: Double) -> Void

    /// The records to write.
    public private(set) var changes = GazetteerChanges()
    /// What was taken, changed, unchanged and refused.
    public private(set) var report = ImportReport()

    private var known: KnownRecords
    private var districts: DistrictMap?

    /// Begins an import.
    ///
    /// - Parameter current: what the gazetteer holds now.
    public init(into current: GazetteerContents) {
        known = KnownRecords(current)
        districts = try? DistrictMap(current.districts)
    }

    /// Reads one file.
    ///
    /// - Throws: `IngestError` when the whole file is unusable; then none of its records count.
    public mutating func read(_ file: ImportFile, progress: Progress = { _, _ in }) throws(IngestError) {
        let table = try ImportTable(file)
        var counts = ImportReport.FileCounts(file: file.name, layer: table.layer)
        var batch = Batch(file: file.name)
        let kind = RecordKind.of(table.layer)
        for (number, row) in table.rows.enumerated() {
            if number % 512 == 0 { progress(file.name, Double(number) / Double(table.rows.count)) }
            switch row.content {
            case .failure(let fault): batch.refuse(row.line, "", fault.reason)
            case .success(let fields): take(fields, row.line, kind, into: &batch, counts: &counts)
            }
        }
        if table.layer == .districts { try adopt(&batch, counts: &counts, file: file.name) }
        counts.refused = batch.refusals.count
        commit(batch, counts, table)
        progress(file.name, 1)
    }

    private struct Batch {
        let file: String
        var records: [any GazetteerRecord] = []
        var refusals: [ImportReport.Refusal] = []
        var lines: [String: Int] = [:]

        mutating func refuse(_ line: Int, _ record: String, _ reason: String) {
            refusals.append(.init(file: file, line: line, record: record, reason: reason))
        }
    }

    private func take(
        _ fields: Fields,
        _ line: Int,
        _ kind: any GazetteerRecord.Type,
        into batch: inout Batch,
        counts: inout ImportReport.FileCounts
    ) {
        let name = fields.text("id") ?? fields.text("slug") ?? fields.text("name_ru") ?? ""
        do {
            let record = try kind.init(try located(fields, layer: kind.layer))
            if let first = batch.lines[record.key] { throw RecordError.duplicate(id: record.key, line: first) }
            try known.checkReferences(of: record, among: batch.lines)
            batch.lines[record.key] = line
            switch known.standing(of: record) {
            case .new: counts.taken += 1
            case .changed: counts.changed += 1
            case .unchanged:
                counts.unchanged += 1
                return
            }
            batch.records.append(record)
        } catch {
            batch.refuse(line, name, "\(error)")
        }
    }

    // The position decides the district; a position outside the city is refused.
    private func located(_ fields: Fields, layer: Layer) throws(RecordError) -> Fields {
        guard let districts, layer != .districts else { return fields }
        let position: Coordinate?
        switch fields.shape {
        case .line(let line):
            try requireTouch(of: line, with: districts.bounds)
            return fields
        case nil where layer == .houseRanges:
            try requireEnds(of: fields, in: districts.bounds)
            return fields
        case .area(let area): position = area.pointOnSurface
        case .point, nil: position = try fields.position()
        }
        guard let position else { return fields }
        guard let district = districts.district(at: position) else {
            throw .outsideCity(swapped: position.looksSwapped(for: districts.bounds))
        }
        var located = fields
        located["district"] = district.id.rawValue
        return located
    }

    // A street or river may run through many districts and beyond the city, but not past it.
    private func requireTouch(of line: MultiLine, with city: BoundingBox) throws(RecordError) {
        guard !line.touches(city) else { return }
        let swapped = line.lines.joined().contains { $0.looksSwapped(for: city) }
        throw .outsideCity(swapped: swapped)
    }

    // The ends lie on a line that may leave the city, so the box decides and not the border.
    private func requireEnds(of fields: Fields, in city: BoundingBox) throws(RecordError) {
        for (lon, lat) in [HouseRange.firstColumns, HouseRange.lastColumns] {
            guard let end = try fields.position(lon, lat), !city.contains(end) else { continue }
            throw .outsideCity(swapped: end.looksSwapped(for: city))
        }
    }

    private mutating func adopt(
        _ batch: inout Batch,
        counts: inout ImportReport.FileCounts,
        file: String
    ) throws(IngestError) {
        let new = batch.records.compactMap { $0 as? District }
        let replaced = Set(new.map(\.id))
        do {
            districts = try DistrictMap((districts?.all ?? []).filter { !replaced.contains($0.id) } + new)
        } catch {
            throw .districtsAreNoPartition(file: file, reason: "\(error)")
        }
    }

    private mutating func commit(_ batch: Batch, _ counts: ImportReport.FileCounts, _ table: ImportTable) {
        for record in batch.records {
            changes.add(record)
            known.remember(record)
        }
        report.files.append(counts)
        report.refusals += batch.refusals
        if !table.unknownColumns.isEmpty {
            report.notes.append(
                "\(batch.file): columns not understood and left out: \(table.unknownColumns.joined(separator: ", "))"
            )
        }
    }
}
