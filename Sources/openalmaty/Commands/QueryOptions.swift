import ArgumentParser
import Civic
import Console

/// The options shared by the commands that answer a typed text as the search box does.
struct QueryOptions: ParsableArguments {
    @Option(help: "The language of the names: kk, ru or en.")
    var lang: Language = .ru

    @Flag(help: "Print the tokens, the interpretations, and the candidates with the parts of their scores.")
    var explain = false

    @Flag(help: "Print JSON.")
    var json = false

    /// Throws unless a number of results is allowed; the commands differ in their default.
    static func validate(limit: Int) throws {
        if !(1...50).contains(limit) { throw ValidationError("--limit goes from 1 to 50.") }
    }
}
