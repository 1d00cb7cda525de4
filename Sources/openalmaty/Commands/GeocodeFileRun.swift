import ArgumentParser
import Civic
import Foundation
import Gazetteer
import Geo

/// Geocodes the addresses of a file row by row and counts the outcomes.
struct GeocodeFileRun {
    /// How certain the best answer to an address is.
    enum Found: String {
        /// The place itself, or a house between near neighbours.
        case yes
        /// A similar name, only the street or area, a house placed from distant neighbours, no position, or unexplained
        /// words.
        case uncertain
        /// Nothing.
        case no

        init(_ result: GeocodeResult?) {
            guard let result else {
                self = .no
                return
            }
            let isPlace =
                switch result.match {
                case .exact: true
                case .interpolated: (result.uncertainty ?? 0) <= GeocodeFileRun.near
                case .street, .area, .fuzzy: false
                }
            let isSure = result.confidence >= GeocodeFileRun.sure && result.position != nil
            self = isPlace && isSure ? .yes : .uncertain
        }
    }

    /// Answers below this confidence count as uncertain.
    static let sure = 0.7
    /// A house whose uncertainty is larger than this counts as uncertain, metres.
    static let near = 400.0
    /// The columns added to those of the file.
    static let added = [
        "part", "found", "kind", "match", "confidence", "lon", "lat", "uncertainty_m", "district", "label",
    ]

    private let snapshot: GazetteerSnapshot
    private let geocoder: Geocoder
    private let language: Language

    init(_ snapshot: GazetteerSnapshot, _ language: Language) {
        self.snapshot = snapshot
        self.language = language
        geocoder = Geocoder(snapshot)
    }

    /// Writes every row with the answer to its address; a text with several addresses gets one row for each.
    ///
    /// - Returns: the number of addresses by outcome.
    /// - Throws: when the output cannot be written.
    func run(
        _ file: GeocodeFile,
        to writer: inout GeocodeFileWriter,
        progress: (Double) -> Void
    ) throws -> [Found: Int] {
        try writer.write(Self.header(file.columns))
        var counts: [Found: Int] = [:]
        let step = max(1, file.rows.count / 200)
        for (index, row) in file.rows.enumerated() {
            if index.isMultiple(of: step) { progress(Double(index) / Double(file.rows.count)) }
            for (part, result) in answers(row.values[file.column]).enumerated() {
                let found = Found(result)
                counts[found, default: 0] += 1
                try writer.write(row.values + [String(part + 1), found.rawValue] + fields(result))
            }
        }
        return counts
    }

    /// The columns of the output; an added column whose name the file already has gets the prefix `geocoded_`.
    static func header(_ columns: [String]) -> [String] {
        columns
            + added.map { name in
                var name = name
                while columns.contains(name) { name = "geocoded_" + name }
                return name
            }
    }

    private func answers(_ text: String) -> [GeocodeResult?] {
        let answers = geocoder.addresses(in: text, limit: 1, language: language)
        return answers.isEmpty ? [nil] : answers.map(\.results.first)
    }

    private func fields(_ result: GeocodeResult?) -> [String] {
        guard let result else { return [String](repeating: "", count: Self.added.count - 2) }
        return [
            result.kind.rawValue, result.match.rawValue, String(format: "%.2f", result.confidence),
            result.position.map { String(format: "%.6f", $0.longitude) } ?? "",
            result.position.map { String(format: "%.6f", $0.latitude) } ?? "",
            result.uncertainty.map { String(format: "%.0f", $0) } ?? "", result.district?.rawValue ?? "",
            snapshot.label(of: result, language).text,
        ]
    }
}
