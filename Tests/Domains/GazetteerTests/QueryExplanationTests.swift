import Civic
import Foundation
import TestSupport
import Testing

@testable import Gazetteer

/// The parts of a score that an explanation lists are computed apart from the score; here both are compared.
@Suite struct QueryExplanationTests {
    /// The queries that the geocoder's report is made of.
    private static let queries: [String] = {
        let file = ProductFolder.url.appending(path: "Tests/Geocoder/queries.csv")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        let rows = text.split(separator: "\n").dropFirst()
        return rows.compactMap { row in
            let quoted = row.split(separator: "\"", omittingEmptySubsequences: false)
            if quoted.count > 2 { return String(quoted[1]) }
            let fields = row.split(separator: ",", omittingEmptySubsequences: false)
            return fields.count > 2 ? String(fields[2]) : nil
        }
    }()

    private func expectSum(_ candidate: QueryExplanation.Candidate, of query: String) {
        let sum = candidate.parts.reduce(0) { $0 + $1.amount }
        #expect(abs(sum - candidate.score) < 1e-9, "«\(query)»: \(sum) is not \(candidate.score): \(candidate.parts)")
    }

    @Test("The parts of every answer add up to its confidence, and explaining changes no answer", arguments: 0..<8)
    func answers(part: Int) throws {
        let geocoder = Geocoder(try EmbeddedSnapshot.city())
        try #require(Self.queries.count > 500)
        for (place, query) in Self.queries.enumerated() where place % 8 == part {
            let (answer, explanation) = geocoder.explain(query, limit: 50, language: .ru)
            let plain = geocoder.answer(query, limit: 50, language: .ru)
            #expect(answer.results.map(\.subject) == plain.results.map(\.subject))
            #expect(answer.results.map(\.confidence) == plain.results.map(\.confidence))
            let ranked = explanation.candidates.filter { $0.rank != nil }
            #expect(ranked.map(\.rank) == answer.results.indices.map { $0 + 1 }, "«\(query)»")
            for candidate in ranked { expectSum(candidate, of: query) }
        }
    }

    @Test("The parts of every suggestion add up to its score, and explaining changes no suggestion", arguments: 0..<8)
    func suggestions(part: Int) throws {
        let suggester = Suggester(try EmbeddedSnapshot.city())
        for (place, query) in Self.queries.enumerated() where place % 8 == part {
            for text in [String(query.prefix(3)), String(query.prefix(7)), query] {
                let (suggestions, explanation) = suggester.explain(text, limit: 20, language: .ru)
                let plain = suggester.suggestions(for: text, limit: 20, language: .ru)
                #expect(suggestions.map(\.target) == plain.map(\.target))
                let ranked = explanation.candidates.filter { $0.rank != nil }
                #expect(ranked.count == suggestions.count, "«\(text)»")
                for candidate in ranked { expectSum(candidate, of: text) }
            }
        }
    }

    @Test func namesTheStages() throws {
        let city = try EmbeddedSnapshot.city()
        let explanation = Geocoder(city).explain("пр. Абая 52, кв. 7, фыва", language: .ru).explanation
        let interpretation = try #require(explanation.interpretations.first)
        #expect(interpretation.kind == .asTyped)
        #expect(interpretation.tokens.map(\.text) == ["пр", "абая", "52", "кв", "7", "фыва"])
        #expect(interpretation.tokens[0].meanings == ["street:avenue", "street:passage"])
        #expect(interpretation.names.contains { $0.text == "абая" && !$0.places.isEmpty })
        #expect(interpretation.houses == ["52"])
        #expect(interpretation.flat == "7")
        let best = try #require(explanation.candidates.first)
        #expect(best.parts.contains { $0.weight == "unexplained_word" && $0.words == "фыва" && $0.amount < 0 })
    }

    @Test func listsOtherInterpretations() throws {
        let geocoder = Geocoder(try EmbeddedSnapshot.city())
        let layout = geocoder.explain("f,fz 10", language: .ru).explanation
        #expect(layout.interpretations.map(\.kind).contains(.otherLayout))
        #expect(layout.candidates.first?.parts.last?.weight == "other_layout")
        let typo = geocoder.explain("Розыбокиева 247", language: .ru).explanation
        #expect(typo.interpretations.map(\.kind) == [.asTyped, .withTypos])
        #expect(typo.candidates.first?.parts.contains { $0.weight == "spelling" } == true)
    }

    @Test func weightsHaveDistinctNamesAndReasons() throws {
        let source = ProductFolder.url.appending(path: "Sources/Domains/Gazetteer/Ranking/RankingWeights.swift")
        let text = try String(contentsOf: source, encoding: .utf8)
        let rows = text.matches(of: /static let (\w+) = (?:Term)?Weight\("(\w+)", [^,]+, "[^"]{8,}"\)/)
        #expect(rows.count == text.matches(of: /static let/).count, "a row without a reason")
        #expect(Set(rows.map(\.output.2)).count == rows.count)
        for row in rows {
            let words = row.output.2.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }
            #expect(words.joined().lowercased() == row.output.1.lowercased())
        }
    }
}
