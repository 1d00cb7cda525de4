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
        abstract:
            "Prove that both databases and the attachments are sound, the snapshot answers as SpatiaLite does, and calendar and certificates suffice."
    )

    @Option(help: "How many random points to ask both sides about; as many again are put on and beside the borders.")
    var points = 1_000

    @Option(help: "The seed of the random points.")
    var seed: UInt64 = 1

    @Flag(
        help:
            "Delete files without a record and damaged ones, and mend records whose files are lost, as far as possible."
    )
    var mend = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var database: DatabaseOption

    func validate() throws {
        if !(1...100_000).contains(points) { throw ValidationError("--points goes from 1 to 100000.") }
    }

    func run() async throws {
        let settings = try await self.database.settings()
        var findings: [DatabaseFinding] = []
        var corrections: [FieldCorrection] = []
        var report: CityReport?
        var isReadable = true
        // A file that cannot be opened must not hide what is wrong with the other one.
        do {
            try await checkPortal(settings.database, &findings, &corrections)
            findings += try await AttachmentCheck(settings: settings, mends: mend).findings()
        } catch {
            isReadable = false
            printError("Error: \(error)")
        }
        do {
            report = try await checkCity(CityFile(path: settings.city), corrections, &findings)
        } catch {
            isReadable = false
            printError("Error: \(error)")
        }
        // When neither file can be read, their names are probably wrong, so nothing else is reported.
        if isReadable || !findings.isEmpty {
            findings += CalendarCheck(settings).findings + SignatureCheck(settings).findings
        }
        if json, !findings.isEmpty {
            try printJSON(CheckJSON(findings, report))
        } else {
            for finding in findings {
                print("\(finding.passed ? "ok  " : "FAIL") \(finding.subject): \(finding.detail)")
            }
            for line in report?.lines ?? [] { print("info \(line)") }
        }
        if !isReadable || findings.contains(where: { !$0.passed }) { throw ExitCode.failure }
    }

    private func checkPortal(
        _ path: String,
        _ findings: inout [DatabaseFinding],
        _ corrections: inout [FieldCorrection]
    ) async throws {
        let portal = try PortalDatabase.openForReading(path: path)
        if PortalDatabase.hasLog(path: path) {
            printError(
                "note: \(path)-wal holds changes that are not in \(path) itself; they are checked too. A server is running, or "
                    + "was killed. If you restored \(path) from a backup, move \(path)-wal and \(path)-shm away first"
            )
        }
        findings += try await PortalCheck(portal).findings()
        corrections = try await SQLiteCorrectionStore(reading: portal).correctionsInForce()
    }

    private func checkCity(
        _ file: CityFile,
        _ corrections: [FieldCorrection],
        _ findings: inout [DatabaseFinding]
    ) async throws -> CityReport {
        // Opened once, because an import may put another file under the name meanwhile.
        let check = try GazetteerCheck(file.openForReading())
        var (contents, version) = try await check.contents()
        let conflicts = CorrectionOverlay(corrections).apply(to: &contents)
        let snapshot = try GazetteerSnapshot(contents, version: version)
        var sample = PointSample(seed: seed)
        let asked =
            sample.even(over: snapshot.districts.bounds, count: points)
            + sample.besideBorders(of: snapshot.districts.partition, count: points)
        findings += try await check.findings(snapshot: snapshot, points: asked)
        return CityReport(
            gaps: LanguageGaps(contents),
            scattered: ScatteredStreets(snapshot),
            conflicts: conflicts.map(\.line)
        )
    }
}

/// Gaps and inconsistencies in the records of the city that do not make it invalid.
private struct CityReport {
    let gaps: LanguageGaps
    let scattered: ScatteredStreets
    let conflicts: [String]

    var lines: [String] { gaps.lines + scattered.lines + conflicts }
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
    let languageGaps: [LanguageGaps.Gap]?
    let scatteredStreets: ScatteredStreets?
    let correctionConflicts: [String]?

    init(_ findings: [DatabaseFinding], _ report: CityReport?) {
        self.findings = findings.map { Finding(subject: $0.subject, passed: $0.passed, detail: $0.detail) }
        languageGaps = report?.gaps.gaps
        scatteredStreets = report?.scattered
        correctionConflicts = report?.conflicts
    }
}
