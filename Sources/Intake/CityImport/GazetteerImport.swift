public import Gazetteer
import Geo

/// Compares files with the contents of the gazetteer: decides for each record whether it is new, changed, unchanged, or
/// wrong.
///
/// Nothing is written here; `changes` and `report` go to the store together, in one transaction.
public struct GazetteerImport {
    /// How far a file has been read, 0 to 1.
    public typealias Progress = (_ file: String, _ share: Double) -> Void

    /// The records to write.
    public private(set) var changes = GazetteerChanges()
    /// What was added, changed, unchanged and refused.
    public private(set) var report = ImportReport()

    /// The default number of refused records after which an import stops, because the file is probably of another kind.
    public static let mostRefusals = 1_000

    /// The default limit of new and changed records of one import; they stay in memory until they are written together.
    public static let mostRecords = 500_000

    private var known: KnownRecords
    private var districts: DistrictMap?
    private let mostRefusals: Int
    private let mostRecords: Int

    /// Begins an import.
    ///
    /// - Parameters:
    ///   - current: the present contents of the gazetteer.
    ///   - mostRefusals: the number of refused records, in all files together, after which reading stops.
    ///   - mostRecords: the number of new and changed records, in all files together, beyond which reading stops.
    public init(
        into current: GazetteerContents,
        mostRefusals: Int = mostRefusals,
        mostRecords: Int = mostRecords
    ) {
        self.mostRefusals = mostRefusals
        self.mostRecords = mostRecords
        known = KnownRecords(current)
        districts = try? DistrictMap(current.districts)
    }

    /// Reads one file.
    ///
    /// - Throws: `CityImportError` when the whole file is unusable; then none of its records count. After
    ///   `tooManyRefusals` the refusals are in the report, and its changes must not be written.
    public mutating func read(_ file: ImportFile, progress: Progress = { _, _ in }) throws(CityImportError) {
        var table = try ImportTable(file)
        var batch = Batch(file: file.name, layer: table.layer)
        var number = 0
        while let row = try table.next() {
            if number % 512 == 0 { progress(file.name, table.share) }
            number += 1
            switch row.content {
            case .failure(let fault): batch.refuse(row.line, "", fault.reason)
            case .success(let fields): take(fields, row.line, among: table.columns, into: &batch)
            }
            guard changes.records.count + batch.records.count <= mostRecords else {
                throw .tooManyRecords(file: file.name, line: row.line, limit: mostRecords)
            }
            guard report.refusals.count + batch.refusals.count < mostRefusals else {
                report.refusals += batch.refusals
                throw .tooManyRefusals(file: file.name, line: row.line, count: report.refusals.count)
            }
        }
        if table.layer == .districts { try adopt(batch) }
        commit(batch, table)
        progress(file.name, 1)
    }

    private static let longestName = 80

    private struct Batch {
        let file: String
        let kind: any GazetteerRecord.Type
        let check: RowCheck
        var counts: ImportReport.FileCounts
        var records: [any GazetteerRecord] = []
        var refusals: [ImportReport.Refusal] = []
        var lines: [String: Int] = [:]

        init(file: String, layer: Layer) {
            self.file = file
            kind = RecordKind.of(layer)
            check = RowCheck(layer)
            counts = ImportReport.FileCounts(file: file, layer: layer)
        }

        mutating func refuse(_ line: Int, _ record: String, _ reason: String) {
            refusals.append(.init(file: file, line: line, record: record, reason: reason))
            counts.refused += 1
        }
    }

    private func take(_ row: RowFields, _ line: Int, among columns: Set<String>, into batch: inout Batch) {
        let written = row.fields.text("id") ?? row.fields.text("slug") ?? row.fields.text("name_ru") ?? ""
        // The name appears in the report, and a field may be as long as the file.
        let name = String(written.prefix(Self.longestName))
        let layer = batch.kind.layer
        do {
            try batch.check.check(row)
            // In GeoJSON each feature has its own columns.
            let own = row.columns.isEmpty ? columns : row.columns
            let fields = known.completed(row, in: layer, fileColumns: own)
            let record = try batch.kind.init(try located(fields, layer: layer))
            if let first = batch.lines[record.key] { throw RecordError.duplicate(id: record.key, line: first) }
            try known.checkReferences(of: record, among: batch.lines)
            batch.lines[record.key] = line
            switch known.standing(of: record) {
            case .new: batch.counts.taken += 1
            case .changed: batch.counts.changed += 1
            case .unchanged:
                batch.counts.unchanged += 1
                return
            }
            batch.records.append(record)
        } catch {
            batch.refuse(line, name, "\(error)")
        }
    }

    // The position determines the district; a position outside the city is refused.
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

    // A street or river may run through many districts and beyond the city, but must touch it.
    private func requireTouch(of line: MultiLine, with city: BoundingBox) throws(RecordError) {
        guard !line.touches(city) else { return }
        let swapped = line.lines.joined().contains { $0.looksSwapped(for: city) }
        throw .outsideCity(swapped: swapped)
    }

    // The ends lie on a line that may leave the city, so they must be within its bounding box, not within its border.
    private func requireEnds(of fields: Fields, in city: BoundingBox) throws(RecordError) {
        for (lon, lat) in [HouseRange.firstColumns, HouseRange.lastColumns] {
            guard let end = try fields.position(lon, lat), !city.contains(end) else { continue }
            throw .outsideCity(swapped: end.looksSwapped(for: city))
        }
    }

    private mutating func adopt(_ batch: Batch) throws(CityImportError) {
        let new = batch.records.compactMap { $0 as? District }
        let replaced = Set(new.map(\.id))
        do {
            districts = try DistrictMap((districts?.all ?? []).filter { !replaced.contains($0.id) } + new)
        } catch {
            // When one district was refused, the remaining ones may leave a gap.
            let first = batch.refusals.first.map { "line \($0.line): \($0.reason)" }
            throw .districtsAreNoPartition(file: batch.file, reason: first ?? error.reason)
        }
    }

    private mutating func commit(_ batch: Batch, _ table: ImportTable) {
        for record in batch.records {
            changes.add(record)
            known.remember(record)
        }
        report.files.append(batch.counts)
        report.refusals += batch.refusals
        if !table.unknownColumns.isEmpty {
            report.notes.append(
                "\(batch.file): columns not understood and left out: \(table.unknownColumns.joined(separator: ", "))"
            )
        }
    }
}
