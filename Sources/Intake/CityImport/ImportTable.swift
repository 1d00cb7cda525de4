import Gazetteer

/// A file as rows of fields, whatever its format; only one row is in memory at a time.
struct ImportTable {
    /// One row, or why it cannot be read.
    struct Row {
        let line: Int
        let content: Result<RowFields, Fault>
    }

    struct Fault: Error {
        let reason: String
    }

    /// The number of features inspected to recognise the layer when neither the operator nor the file name states it.
    private static let sample = 100

    let layer: Layer
    /// The columns seen so far.
    private(set) var columns: Set<String>
    private let file: ImportFile
    private let required: @Sendable (Layer) -> [String]
    // Exactly one of the two reads the file. They are mutated in place, because copying them would copy their buffers.
    private var csv: CSVReader?
    private var features: GeoJSONReader?
    /// The columns of CSV in order.
    private let names: [String]
    private var sampled: ArraySlice<GeoJSONReader.Feature> = []
    private var hasReadableRow = false

    /// - Parameter required: the columns that the file must have, for its layer.
    init(
        _ file: ImportFile,
        requiring required: @escaping @Sendable (Layer) -> [String] = { $0.kind.requiredColumns }
    ) throws(CityImportError) {
        self.file = file
        self.required = required
        try FileEncoding.check(file)
        switch file.format {
        case .csv:
            var csv = CSVReader(try file.stream())
            names = try ColumnNames.read(&csv, of: file)
            layer = try file.layer(columns: names)
            columns = Set(names)
            self.csv = csv
            try requireColumns()
        case .geojson:
            names = []
            var features = GeoJSONReader(try file.stream())
            if let named = file.namedLayer {
                layer = named
                columns = ["geometry"]
            } else {
                (layer, columns, sampled) = try Self.sampled(&features, file)
            }
            self.features = features
        }
    }

    /// The share of the file that has been read, 0 to 1.
    var share: Double {
        let offset = csv?.offset ?? features?.offset ?? 0
        return file.size == 0 ? 1 : Double(offset) / Double(file.size)
    }

    /// The columns that the layer does not know.
    var unknownColumns: [String] {
        let understood = KnownColumns.of(layer)
        return columns.filter { !understood.contains($0) && !$0.isEmpty }.sorted()
    }

    /// The next row, nil at the end.
    ///
    /// - Throws: `CityImportError` when the file is cut off, cannot be read, or lacks columns.
    mutating func next() throws(CityImportError) -> Row? {
        if csv != nil { return try nextLine() }
        guard let feature = try nextFeature() else {
            if hasReadableRow { try requireColumns() }
            return nil
        }
        switch feature.content {
        case .success(let fields):
            hasReadableRow = true
            columns.formUnion(fields.columns)
            return Row(line: feature.line, content: .success(fields))
        case .failure(let fault):
            return Row(line: feature.line, content: .failure(Fault(reason: fault.reason)))
        }
    }

    private mutating func nextLine() throws(CityImportError) -> Row? {
        guard let row = csv?.next() else {
            if csv?.hasFailed ?? false { throw .unreadable(file: file.name) }
            return nil
        }
        return Self.row(row, names)
    }

    private mutating func nextFeature() throws(CityImportError) -> GeoJSONReader.Feature? {
        if let first = sampled.popFirst() { return first }
        do throws(GeoJSONReader.Fault) {
            let feature = try features?.next()
            return feature
        } catch {
            throw Self.error(error, features, file)
        }
    }

    private func requireColumns() throws(CityImportError) {
        let missing = required(layer).filter {
            !columns.contains($0) && !($0 == "lon" || $0 == "lat")
        }
        if !missing.isEmpty { throw .missingColumns(file: file.name, layer: layer, columns: missing) }
    }

    private static func row(_ row: CSVReader.Row, _ names: [String]) -> Row {
        switch row.content {
        case .failure(let fault): return Row(line: row.line, content: .failure(Fault(reason: fault.reason)))
        case .success(let values) where values.count != names.count:
            let reason = "the row has \(values.count) columns; the first line has \(names.count)"
            return Row(line: row.line, content: .failure(Fault(reason: reason)))
        case .success(let values):
            let nameless = names.indices.first { names[$0].isEmpty && !values[$0].isEmpty }
            if let nameless {
                let reason = "column \(nameless + 1) has a value here and no name in the first line"
                return Row(line: row.line, content: .failure(Fault(reason: reason)))
            }
            return Row(line: row.line, content: .success(RowFields(names, values)))
        }
    }

    private static func error(
        _ fault: GeoJSONReader.Fault,
        _ features: GeoJSONReader?,
        _ file: ImportFile
    ) -> CityImportError {
        if features?.hasFailed ?? false { return .unreadable(file: file.name) }
        return .malformed(file: file.name, line: features?.line ?? 1, reason: fault.reason)
    }

    private static func sampled(
        _ features: inout GeoJSONReader,
        _ file: ImportFile
    ) throws(CityImportError) -> (Layer, Set<String>, ArraySlice<GeoJSONReader.Feature>) {
        var columns: Set<String> = ["geometry"]
        var seen: [GeoJSONReader.Feature] = []
        var fault: (line: Int, reason: String)?
        var isReadable = false
        while seen.count < sample {
            let next: GeoJSONReader.Feature?
            do throws(GeoJSONReader.Fault) { next = try features.next() } catch {
                throw Self.error(error, features, file)
            }
            guard let feature = next else { break }
            seen.append(feature)
            switch feature.content {
            case .success(let fields):
                isReadable = true
                columns.formUnion(fields.columns)
            case .failure(let found): fault = fault ?? (feature.line, found.reason)
            }
        }
        // When no feature can be read, the columns say nothing about the layer, so report what is wrong with the
        // features.
        if !isReadable, let fault { throw .malformed(file: file.name, line: fault.line, reason: fault.reason) }
        return (try file.layer(columns: columns.sorted()), columns, seen[...])
    }
}
