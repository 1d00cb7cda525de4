import ArgumentParser
import Civic
import Console
import Foundation
import Gazetteer

/// The options for geocoding a whole file with `geocode`.
struct GeocodeFileOptions: ParsableArguments {
    @Option(help: "Geocode a column of this CSV file (UTF-8, commas); - reads standard input.")
    var csv: String?

    @Option(help: "The column with the addresses (default: address, адрес, мекенжай, or the only one).")
    var column: String?

    @Option(help: "Write the CSV to this file instead of printing it.")
    var output: String?

    func validate() throws {
        if csv == nil, column != nil || output != nil { throw ValidationError("--column and --output go with --csv.") }
    }

    /// Geocodes a file and reports the counts on the standard error stream.
    ///
    /// - Throws: `ExitCode.failure` when no row could be read.
    func run(_ path: String, in snapshot: GazetteerSnapshot, language: Language) throws {
        let file = try GeocodeFile(path, column: column)
        var writer = try openWriter(mark: file.hasMark)
        let bar = ProgressBar()
        // A progress bar between rows on the same terminal would garble both.
        let showsBar = output != nil || isatty(FileHandle.standardOutput.fileDescriptor) != 1
        let counts: [GeocodeFileRun.Found: Int]
        do {
            counts = try GeocodeFileRun(snapshot, language).run(file, to: &writer) { share in
                if showsBar { bar.show(file.name, share) }
            }
            try writer.finish()
        } catch {
            writer.abandon()
            throw error
        }
        if showsBar { bar.finish() }
        report(file, counts)
        if file.rows.isEmpty, !file.faults.isEmpty { throw ExitCode.failure }
    }

    private func openWriter(mark: Bool) throws -> GeocodeFileWriter {
        do {
            return try GeocodeFileWriter(output, mark: mark)
        } catch {
            throw ValidationError("\(output ?? "The output") cannot be written; check the path and the rights.")
        }
    }

    private func report(_ file: GeocodeFile, _ counts: [GeocodeFileRun.Found: Int]) {
        for fault in file.faults { printError("\(file.name):\(fault.line): \(fault.reason); the row is left out") }
        for row in file.rows where row.values[file.column].count > Geocoder.longestText {
            printError("\(file.name):\(row.line): only the first \(Geocoder.longestText) characters were read")
        }
        let (yes, uncertain, no) = (counts[.yes] ?? 0, counts[.uncertain] ?? 0, counts[.no] ?? 0)
        let left = file.faults.isEmpty ? "" : ", \(file.faults.count) left out"
        printError(
            "\(file.rows.count) rows\(left); \(yes + uncertain + no) addresses: \(yes) found, \(uncertain) uncertain, "
                + "\(no) not found"
        )
    }
}
