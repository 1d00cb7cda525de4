import Gazetteer

/// The present contents of the gazetteer, for telling new records from changed ones and for checking references.
struct KnownRecords {
    enum Standing {
        case new
        case changed
        case unchanged
    }

    private var records: [Layer: [String: any GazetteerRecord]] = [:]

    init(_ contents: GazetteerContents) {
        remember(contents.categories)
        remember(contents.districts)
        remember(contents.authorities)
        remember(contents.microdistricts)
        remember(contents.streets)
        remember(contents.addresses)
        remember(contents.organizations)
        remember(contents.stops)
        remember(contents.blocks)
        remember(contents.streetLines)
        remember(contents.crossings)
        remember(contents.houseRanges)
    }

    mutating func remember(_ record: any GazetteerRecord) {
        records[type(of: record).layer, default: [:]][record.key] = record
    }

    func standing(of record: any GazetteerRecord) -> Standing {
        guard let known = records[type(of: record).layer]?[record.key] else { return .new }
        return known.fields == record.fields ? .unchanged : .changed
    }

    /// A row completed with the known values of the columns that the file does not have.
    ///
    /// For example, a file without a column for opening hours keeps the known hours. The provenance always comes from
    /// the file.
    func completed(_ row: RowFields, in layer: Layer, fileColumns: Set<String>) -> Fields {
        let key = row.fields.text(layer == .districts ? "slug" : "id") ?? ""
        guard let known = records[layer]?[key]?.fields else { return row.fields }
        var fields = row.fields
        for (column, value) in known.values where !fileColumns.contains(column) && !Self.provenance.contains(column) {
            fields.keep(value, in: column)
        }
        if fileColumns.isDisjoint(with: Self.position) {
            fields.shape = known.shape
        } else if !fileColumns.contains("precision") {
            // The precision of the old position does not apply to the new one.
            fields["precision"] = nil
        }
        return fields
    }

    private static let position: Set<String> = ["geometry", "lon", "lat"]

    private static let provenance: Set<String> = ["source", "date", "confidence"]

    /// - Parameter batch: the ids of the records of the same layer read so far.
    func checkReferences(of record: any GazetteerRecord, among batch: [String: Int]) throws(RecordError) {
        let layer = type(of: record).layer
        for (column, target) in Self.references(of: layer) {
            guard let value = record.fields.text(column) else { continue }
            let known = records[target]?[value] != nil || (target == layer && batch[value] != nil)
            if !known { throw .unknownReference(field: column, value: value) }
        }
    }

    private mutating func remember(_ records: [some GazetteerRecord]) {
        for record in records { remember(record) }
    }

    private static func references(of layer: Layer) -> [(column: String, target: Layer)] {
        switch layer {
        case .categories: [("parent", .categories)]
        case .districts, .streets: []
        case .authorities, .microdistricts, .stops, .blocks: [("district", .districts)]
        case .addresses:
            [
                ("street_id", .streets), ("corner_street_id", .streets), ("microdistrict_id", .microdistricts),
                ("district", .districts),
            ]
        case .organizations:
            [
                ("category", .categories), ("street_id", .streets), ("microdistrict_id", .microdistricts),
                ("district", .districts),
            ]
        case .streetLines, .houseRanges: [("street_id", .streets)]
        case .crossings: [("street_a", .streets), ("street_b", .streets)]
        }
    }
}
