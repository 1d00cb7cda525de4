import ArgumentParser
import CityImport

/// The options shared by the commands that write a new city file.
struct CityWriteOptions: ParsableArguments {
    @Option(help: "Stop after this many refused records, and leave the present city as it is.")
    var maxRefusals = GazetteerImport.maxRefusals

    @Flag(help: "Build, check and report, but leave the present city as it is.")
    var dryRun = false

    @Flag(help: "Swap the new city in even if a layer loses more than a third of its records.")
    var force = false

    @Flag(help: "Print the report as JSON.")
    var json = false

    func validate() throws {
        if maxRefusals < 1 { throw ValidationError("--max-refusals must be 1 or more") }
    }
}
