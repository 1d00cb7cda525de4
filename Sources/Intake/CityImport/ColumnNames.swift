import Foundation

/// The first line of a CSV file, which names the columns.
enum ColumnNames {
    private static let otherSeparators: [(sign: Character, name: String)] = [
        (";", "semicolons (;)"), ("\t", "tabs"), ("|", "bars (|)"),
    ]
    private static let geometries: Set<String> = ["geometry", "geom", "wkt", "the_geom", "geojson"]

    /// Reads the names of the columns.
    ///
    /// - Throws: `CityImportError.malformed` unless the line names columns separated by commas, each once.
    static func read(_ csv: inout CSVReader, of file: ImportFile) throws(CityImportError) -> [String] {
        func malformed(_ reason: String, _ line: Int = 1) -> CityImportError {
            .malformed(file: file.name, line: line, reason: reason)
        }
        let line = try file.stream().firstLine()
        guard let header = csv.next() else {
            throw malformed("the file is empty; the first line must name the columns")
        }
        // Also covers «"id";"name"», which is already a quoting fault before its separator is seen.
        let names = (try? header.content.get())?.map { $0.trimmingCharacters(in: .whitespaces) } ?? []
        if names.count < 2, let other = otherSeparators.first(where: { line.contains($0.sign) }) {
            throw malformed("the columns are separated by \(other.name); save the file with commas", header.line)
        }
        if case .failure(let fault) = header.content {
            throw malformed("the first line must name the columns: \(fault.reason)", header.line)
        }
        var seen: Set<String> = []
        for name in names where !name.isEmpty && !seen.insert(name).inserted {
            throw malformed("the column “\(name)” occurs twice", header.line)
        }
        if let geometry = names.first(where: { geometries.contains($0.lowercased()) }) {
            let advice = "give positions as lon and lat, and lines and areas as GeoJSON"
            throw malformed("the column “\(geometry)” would hold a geometry as text; \(advice)", header.line)
        }
        return names
    }
}

extension ByteStream {
    /// The beginning of the first line that is not blank, long enough to recognise the separator.
    fileprivate func firstLine() -> String {
        var stream = self
        let start = stream.ahead(4_096).drop { $0 == 0x0A || $0 == 0x0D }
        return String(decoding: start.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
    }
}
