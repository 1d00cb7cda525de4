import ArgumentParser
import Console
import Gazetteer

/// What an import prints.
struct ImportOutput {
    private let report: ImportReport
    private let isDryRun: Bool
    private let conflicts: [CorrectionConflict]

    /// - Parameter conflicts: of corrections with the city after the import.
    init(_ report: ImportReport, isDryRun: Bool, conflicts: [CorrectionConflict] = []) {
        (self.report, self.isDryRun, self.conflicts) = (report, isDryRun, conflicts)
    }

    /// Prints the report, as JSON or as text.
    ///
    /// - Throws: `ExitCode.failure` when a file had no record that could be used.
    func show(asJSON: Bool) throws {
        if asJSON { try printJSON(ReportJSON(report, dryRun: isDryRun, conflicts)) } else { showAsText() }
        for file in report.files where file.used + file.refused == 0 {
            printError("\(file.file): there is no record in it")
        }
        if report.files.contains(where: { $0.used == 0 }) { throw ExitCode.failure }
    }

    private func showAsText() {
        printRefusals(of: report)
        for note in report.notes + conflicts.map(\.line) { printError(note) }
        for file in report.files {
            print(
                "\(file.file) → \(file.layer.rawValue): \(file.taken) taken, \(file.changed) changed, "
                    + "\(file.unchanged) unchanged, \(file.refused) refused"
                    + (file.deleted > 0 ? ", \(file.deleted) deleted" : "")
            )
        }
        if isDryRun { print("Dry run: nothing was written.") }
    }
}

/// The report in machine-readable form.
private struct ReportJSON: Encodable {
    struct File: Encodable {
        let file: String
        let layer: String
        let taken: Int
        let changed: Int
        let unchanged: Int
        let refused: Int
        let deleted: Int
    }

    struct Refusal: Encodable {
        let file: String
        let line: Int
        let record: String
        let reason: String
    }

    let dryRun: Bool
    let files: [File]
    let refusals: [Refusal]
    let notes: [String]
    let conflicts: [String]

    init(_ report: ImportReport, dryRun: Bool, _ conflicts: [CorrectionConflict]) {
        self.conflicts = conflicts.map(\.line)
        self.dryRun = dryRun
        files = report.files.map {
            File(
                file: $0.file,
                layer: $0.layer.rawValue,
                taken: $0.taken,
                changed: $0.changed,
                unchanged: $0.unchanged,
                refused: $0.refused,
                deleted: $0.deleted
            )
        }
        refusals = report.refusals.map {
            Refusal(file: $0.file, line: $0.line, record: $0.record, reason: $0.reason)
        }
        notes = report.notes
    }
}

extension CorrectionConflict {
    /// One line for an operator; it contains no personal data.
    var line: String {
        let subject = correction.subject
        let name = "correction of \(subject.layerName) \(subject.key), \(subject.field)"
        func shown(_ value: String?) -> String { value.map { "“\($0)”" } ?? "nothing" }
        return switch cause {
        case .changedByImport(let value):
            "\(name): \(shown(correction.value)) stays in force; the import now has \(shown(value)), before \(shown(correction.base))"
        case .recordIsGone: "\(name): the record is no longer in the city"
        case .unusable(let error): "\(name): not applied, \(error)"
        }
    }
}
