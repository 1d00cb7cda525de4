import Civic
import Foundation
import Gazetteer

/// Prints how a query was answered: for a reader, or as JSON.
struct ExplanationOutput {
    /// Further candidates are left out; answers are always among the first.
    private static let maxCandidates = 20

    let explanation: QueryExplanation
    let snapshot: GazetteerSnapshot
    let language: Language

    /// The stages as indented lines.
    var lines: [String] {
        var lines: [String] = []
        for interpretation in explanation.interpretations {
            lines.append("interpretation: \(interpretation.kind.rawValue)")
            lines.append("  tokens: " + interpretation.tokens.map(text).joined(separator: "  "))
            lines += interpretation.names.map { "  name: " + text($0) }
            if !interpretation.houses.isEmpty {
                lines.append("  houses: " + interpretation.houses.joined(separator: ", "))
            }
            for (label, value) in numbers(interpretation) { lines.append("  \(label): \(value)") }
        }
        let shown = explanation.candidates.prefix(Self.maxCandidates)
        for candidate in shown {
            let rank = candidate.rank.map { "\($0)." } ?? "–"
            lines.append(
                "candidate: \(rank) \(label(candidate.target)) (\(kind(candidate.target))) \(score(candidate.score))"
            )
            for part in candidate.parts {
                let words = part.words.map { " «\($0)»" } ?? ""
                lines.append(
                    "  \(part.amount < 0 ? "−" : "+")\(score(abs(part.amount))) \(part.weight)\(words): \(part.reason)"
                )
            }
        }
        let rest = explanation.candidates.count - shown.count
        if rest > 0 { lines.append("and \(rest) more candidates") }
        return lines
    }

    /// The stages as JSON.
    var json: ExplanationJSON {
        ExplanationJSON(
            interpretations: explanation.interpretations.map { interpretation in
                .init(
                    kind: interpretation.kind.rawValue,
                    tokens: interpretation.tokens.map { .init(text: $0.text, meanings: $0.meanings) },
                    names: interpretation.names.map { name in
                        .init(
                            text: name.text,
                            places: name.places.map { snapshot.label(of: $0, language).text },
                            cost: name.cost,
                            corrections: name.corrections.map { ["typed": $0.typed, "taken": $0.taken] }
                        )
                    },
                    houses: interpretation.houses,
                    flat: interpretation.flat,
                    floor: interpretation.floor,
                    entrance: interpretation.entrance
                )
            },
            candidates: explanation.candidates.map { candidate in
                .init(
                    label: label(candidate.target),
                    kind: kind(candidate.target),
                    id: snapshot.id(of: candidate.target),
                    rank: candidate.rank,
                    score: candidate.score,
                    parts: candidate.parts.map {
                        .init(weight: $0.weight, amount: $0.amount, words: $0.words, reason: $0.reason)
                    }
                )
            }
        )
    }

    private func text(_ token: QueryExplanation.Token) -> String {
        token.meanings.isEmpty ? token.text : "\(token.text) (\(token.meanings.joined(separator: ", ")))"
    }

    private func text(_ name: QueryExplanation.Name) -> String {
        let corrections = name.corrections.map { " «\($0.typed)» → «\($0.taken)»" }.joined()
        let places = name.places.prefix(5).map { snapshot.label(of: $0, language).text }
        let rest = name.places.count - places.count
        let more = rest > 0 ? " and \(rest) more" : ""
        let cost = name.cost > 0 ? " −\(score(name.cost))" : ""
        return "«\(name.text)»\(corrections)\(cost): \(places.joined(separator: "; "))\(more)"
    }

    private func numbers(_ interpretation: QueryExplanation.Interpretation) -> [(String, String)] {
        [("flat", interpretation.flat), ("floor", interpretation.floor), ("entrance", interpretation.entrance)]
            .compactMap { label, value in value.map { (label, $0) } }
    }

    private func label(_ target: Suggestion.Target) -> String { snapshot.label(of: target, language) }

    private func kind(_ target: Suggestion.Target) -> String {
        switch target {
        case .place(let result): "\(result.kind.rawValue), \(result.match.rawValue)"
        case .category: "category"
        }
    }

    private func score(_ value: Double) -> String { String(format: "%.3f", value) }
}

extension GazetteerSnapshot {
    /// The label of a suggestion's target.
    func label(of target: Suggestion.Target, _ language: Language) -> String {
        switch target {
        case .place(let result): label(of: result, language).text
        case .category(let id): directory.categories[id]?.category.plurals.label(for: language).text ?? id.rawValue
        }
    }

    /// The id of the record behind a suggestion's target.
    func id(of target: Suggestion.Target) -> String {
        switch target {
        case .place(let result): id(of: result.subject)
        case .category(let id): id.rawValue
        }
    }
}

/// The stages of a query as `--json` prints them.
struct ExplanationJSON: Encodable {
    struct Token: Encodable {
        let text: String
        let meanings: [String]
    }

    struct Name: Encodable {
        let text: String
        let places: [String]
        let cost: Double
        let corrections: [[String: String]]
    }

    struct Interpretation: Encodable {
        let kind: String
        let tokens: [Token]
        let names: [Name]
        let houses: [String]
        let flat: String?
        let floor: String?
        let entrance: String?
    }

    struct Part: Encodable {
        let weight: String
        let amount: Double
        let words: String?
        let reason: String
    }

    struct Candidate: Encodable {
        let label: String
        let kind: String
        let id: String
        let rank: Int?
        let score: Double
        let parts: [Part]
    }

    let interpretations: [Interpretation]
    let candidates: [Candidate]
}
