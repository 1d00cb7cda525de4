import Gazetteer

/// A file as rows of fields, whatever its format.
struct ImportTable {
    struct Row {
        let line: Int
        let content: Result<Fields, Fault>
    }

    struct Fault: Error {
        let reason: String
    }

    let layer: Layer
    let rows: [Row]
    let unknownColumns: [String]

    init(_ file: ImportFile) throws(IngestError) {
        let (columns, rows) =
            switch file.format {
            case .csv: try Self.csv(file)
            case .geojson: try Self.geojson(file)
            }
        layer = try file.layer(columns: columns)
        self.rows = rows
        let required = RecordKind.of(layer).requiredColumns
        let missing = required.filter { !columns.contains($0) && !($0 == "lon" || $0 == "lat") }
        if !rows.isEmpty, !missing.isEmpty {
            throw .missingColumns(file: file.name, layer: layer, columns: missing)
        }
        let understood = KnownColumns.of(layer)
        unknownColumns = columns.filter { !understood.contains($0) }.sorted()
    }

    private static func csv(_ file: ImportFile) throws(IngestError) -> ([String], [Row]) {
        var reader = CSVReader(file.bytes)
        guard let header = reader.next(), case .success(let columns) = header.content else {
            throw .malformed(file: file.name, line: 1, reason: "the first line must name the columns")
        }
        var rows: [Row] = []
        while let row = reader.next() {
            switch row.content {
            case .failure(let fault): rows.append(Row(line: row.line, content: .failure(Fault(reason: fault.reason))))
            case .success(let values) where values.count != columns.count:
                let reason = "the row has \(values.count) columns; the first line has \(columns.count)"
                rows.append(Row(line: row.line, content: .failure(Fault(reason: reason))))
            case .success(let values):
                let fields = Fields(Dictionary(zip(columns, values), uniquingKeysWith: { first, _ in first }))
                rows.append(Row(line: row.line, content: .success(fields)))
            }
        }
        return (columns, rows)
    }

    private static func geojson(_ file: ImportFile) throws(IngestError) -> ([String], [Row]) {
        let features: [GeoJSONReader.Feature]
        do {
            features = try GeoJSONReader(file.bytes).features()
        } catch {
            throw .malformed(file: file.name, line: 1, reason: error.reason)
        }
        var columns: Set<String> = ["geometry"]
        let rows = features.map { feature in
            switch feature.content {
            case .success(let fields):
                columns.formUnion(fields.values.keys)
                return Row(line: feature.line, content: .success(fields))
            case .failure(let fault):
                return Row(line: feature.line, content: .failure(Fault(reason: fault.reason)))
            }
        }
        return (columns.sorted(), rows)
    }
}

/// The columns a layer understands.
enum KnownColumns {
    private static let names = ["name_kk", "name_ru", "name_en"]
    private static let common = ["source", "date", "confidence", "lon", "lat", "precision", "district", "geometry"]

    static func of(_ layer: Layer) -> Set<String> {
        let own: [String] =
            switch layer {
            case .categories:
                [
                    "id", "parent", "plural_kk", "plural_ru", "plural_en", "synonyms_kk", "synonyms_ru", "synonyms_en",
                    "icon", "position",
                ]
            case .districts: ["id", "slug", "old_names", "wikidata"]
            case .authorities: ["id", "organization_id", "address_ru", "phones", "website"]
            case .microdistricts: ["id", "kind", "variants"]
            case .streets: ["id", "kind", "old_names", "variants"]
            case .addresses: ["id", "street_id", "microdistrict_id", "house", "corner_street_id"]
            case .organizations:
                [
                    "id", "category", "street_id", "microdistrict_id", "house", "address_ru", "phones", "email",
                    "website", "opening_hours", "note",
                ]
            case .stops: ["id"]
            case .blocks: ["id", "streets", "residents"]
            case .streetLines: ["id", "street_id", "kind", "rank", "width_m", "length_m", "precision_m", "blocks"]
            case .crossings: ["id", "street_a", "street_b", "precision_m"]
            case .houseRanges:
                [
                    "id", "street_id", "side", "parity", "first", "last", "houses", "first_lon", "first_lat",
                    "last_lon", "last_lat", "precision_m",
                ]
            }
        return Set(own + names + common)
    }
}
