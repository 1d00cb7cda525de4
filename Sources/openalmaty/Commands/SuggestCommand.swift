import ArgumentParser
import Civic
import Console
import Gazetteer

struct SuggestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suggest",
        abstract: "Complete an unfinished text as the search box does.",
        discussion: """
            Prints what the text may become: streets with their houses and crossings, districts, institutions and \
            categories, most likely first. --explain shows how the order comes about; docs/geocoder.md tells how to \
            read it.
            """
    )

    @Argument(help: "What has been typed so far: «Розы».")
    var text: [String]

    @Option(help: "The largest number of suggestions.")
    var limit = 8

    @OptionGroup var options: QueryOptions
    @OptionGroup var database: DatabaseOption

    func validate() throws {
        if text.joined().isEmpty { throw ValidationError("Say what has been typed.") }
        try QueryOptions.validate(limit: limit)
    }

    func run() async throws {
        let snapshot = try await database.city().snapshot()
        let suggester = Suggester(snapshot)
        let query = text.joined(separator: " ")
        let suggestions: [Suggestion]
        var output: ExplanationOutput?
        if options.explain {
            let explained = suggester.explain(query, limit: limit, language: options.lang)
            suggestions = explained.suggestions
            output = ExplanationOutput(explanation: explained.explanation, snapshot: snapshot, language: options.lang)
        } else {
            suggestions = suggester.suggestions(for: query, limit: limit, language: options.lang)
        }
        if options.json {
            try printJSON(SuggestionsJSON(query, suggestions, output?.json, snapshot, options.lang))
        } else if let output {
            for line in output.lines { print(line) }
        } else {
            for suggestion in suggestions {
                print("\(snapshot.label(of: suggestion.target, options.lang)) — \(suggestion.target.kind)")
            }
        }
        if suggestions.isEmpty {
            if !options.json { printError("Nothing begins like this. Try other letters.") }
            throw ExitCode.failure
        }
    }
}

/// Suggestions as `--json` prints them.
private struct SuggestionsJSON: Encodable {
    struct Item: Encodable {
        let label: String
        let kind: String
        let id: String
        let score: Double
    }

    let query: String
    let suggestions: [Item]
    let explanation: ExplanationJSON?

    init(
        _ query: String,
        _ suggestions: [Suggestion],
        _ explanation: ExplanationJSON?,
        _ snapshot: GazetteerSnapshot,
        _ language: Language
    ) {
        self.query = query
        self.explanation = explanation
        self.suggestions = suggestions.map { suggestion in
            Item(
                label: snapshot.label(of: suggestion.target, language),
                kind: suggestion.target.kind,
                id: snapshot.id(of: suggestion.target),
                score: suggestion.score
            )
        }
    }
}

extension Suggestion.Target {
    /// The kind as the API names it.
    fileprivate var kind: String {
        switch self {
        case .place(let result): result.kind.rawValue
        case .category: "category"
        }
    }
}
