import ArgumentParser
import Civic
import Console
import Foundation
import Gazetteer
import Geo
import Portal
import SQLiteStore

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Prove that both databases are sound, and that the snapshot answers as SpatiaLite does."
    )

    @Option(help: "How many random points to ask both sides about; as many again are put on and beside the borders.")
    var points = 1_000

    @Option(help: "The seed of the random points.")
    var seed: UInt64 = 1

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var database: DatabaseOption

    func validate() throws {
        if !(1...100_000).contains(points) { throw ValidationError("--points goes from 1 to 100000.") }
    }

    func run() async throws {
        let settings = try await self.database.settings()
        let path = settings.database
        let portal = try PortalDatabase.openForReading(path: path)
        if PortalDatabase.hasLog(path: path) {
            printError(
                "note: \(path)-wal holds changes that are not in \(path) itself; they are checked too. A server is running, or "
                    + "was killed. If you restored \(path) from a backup, move \(path)-wal and \(path)-shm away first"
            )
        }
        let file = CityFile(path: settings.city)
        let store = CorrectedGazetteerStore(SQLiteCityStore(file), corrections: SQLiteCorrectionStore(reading: portal))
        let contents = try await store.contents()
        let conflicts = try await store.conflicts()
        let snapshot = try GazetteerSnapshot(contents, version: try await store.version())
        var sample = PointSample(seed: seed)
        let asked =
            sample.even(over: snapshot.districts.bounds, count: points)
            + sample.besideBorders(of: snapshot.districts.partition, count: points)
        let findings =
            try await PortalCheck(portal).findings()
            + GazetteerCheck(file.openForReading()).findings(snapshot: snapshot, points: asked)
        let gaps = LanguageGaps(contents)
        let scattered = ScatteredStreets(snapshot)
        if json {
            try printJSON(CheckJSON(findings, gaps, scattered, conflicts))
        } else {
            for finding in findings {
                print("\(finding.passed ? "ok  " : "FAIL") \(finding.subject): \(finding.detail)")
            }
            for line in gaps.lines + scattered.lines + conflicts.map(\.line) { print("info \(line)") }
        }
        if findings.contains(where: { !$0.passed }) { throw ExitCode.failure }
    }
}

/// The number of names missing in each layer and language.
struct LanguageGaps {
    struct Gap: Encodable {
        let layer: String
        let language: String
        let missing: Int
        let total: Int
    }

    let gaps: [Gap]

    init(_ contents: GazetteerContents) {
        let layers: [(Layer, [Names])] = [
            (.categories, contents.categories.map(\.names)), (.districts, contents.districts.map(\.names)),
            (.authorities, contents.authorities.map(\.names)),
            (.microdistricts, contents.microdistricts.map(\.names)), (.streets, contents.streets.map(\.names)),
            (.organizations, contents.organizations.map(\.names)), (.stops, contents.stops.map(\.names)),
            (.streetLines, contents.streetLines.filter { $0.kind == .river }.map(\.names)),
        ]
        gaps = layers.flatMap { layer, names in
            Language.allCases.map { language in
                Gap(
                    layer: layer.rawValue,
                    language: language.rawValue,
                    missing: names.count(where: { $0[language] == nil }),
                    total: names.count
                )
            }
        }
    }

    var lines: [String] {
        gaps.filter { $0.missing > 0 }.map {
            "\($0.layer): \($0.missing) of \($0.total) names missing in \($0.language)"
        }
    }
}

private struct CheckJSON: Encodable {
    struct Finding: Encodable {
        let subject: String
        let passed: Bool
        let detail: String
    }

    let findings: [Finding]
    let languageGaps: [LanguageGaps.Gap]
    let scatteredStreets: ScatteredStreets
    let correctionConflicts: [String]

    init(
        _ findings: [DatabaseFinding],
        _ gaps: LanguageGaps,
        _ scattered: ScatteredStreets,
        _ conflicts: [CorrectionConflict]
    ) {
        correctionConflicts = conflicts.map(\.line)
        self.findings = findings.map { Finding(subject: $0.subject, passed: $0.passed, detail: $0.detail) }
        languageGaps = gaps.gaps
        scatteredStreets = scattered
    }
}
