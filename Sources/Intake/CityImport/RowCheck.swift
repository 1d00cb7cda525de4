import Gazetteer
import Geo

/// Checks a row before it is read as a record, so that no unusable value is dropped silently.
struct RowCheck {
    private let understood: Set<String>
    private let geometry: GeometryKind?

    init(_ layer: Layer) {
        understood = KnownColumns.of(layer)
        geometry = KnownColumns.geometry(of: layer)
    }

    /// - Throws: `RecordError` naming the first column whose value cannot be used.
    func check(_ row: RowFields) throws(RecordError) {
        if let (name, kind) = row.unreadable.filter({ understood.contains($0.key) }).min(by: { $0.key < $1.key }) {
            throw .malformed(field: name, value: kind, expected: "a text or a number")
        }
        for (name, value) in row.fields.values.sorted(by: { $0.key < $1.key }) where understood.contains(name) {
            try RecordText.check(value, of: name)
            if name == "id" || name == "slug" { try Self.check(identifier: value, of: name) }
        }
        try check(row.fields.shape)
    }

    // An identifier becomes a segment of page URLs.
    private static func check(identifier: String, of name: String) throws(RecordError) {
        let isClean = identifier.unicodeScalars.allSatisfy { scalar in
            !scalar.properties.isWhitespace && !"/\\?#%".unicodeScalars.contains(scalar)
        }
        guard isClean, !identifier.contains("..") else {
            throw .malformed(field: name, value: identifier, expected: "no blanks, none of / \\ ? # % and no two dots")
        }
    }

    private func check(_ shape: Shape?) throws(RecordError) {
        guard let shape else { return }
        let kind = GeometryKind(shape)
        guard kind == geometry else {
            let expected = geometry.map(\.rawValue) ?? "none, as records of this kind have no geometry"
            throw .malformed(field: "geometry", value: kind.rawValue, expected: expected)
        }
        guard case .area(let area) = shape else { return }
        do {
            _ = try AreaPartition([area], allowsGaps: true)
        } catch {
            throw .invalidArea(reason: error.reason)
        }
    }
}
