/// How a query was answered, stage by stage: its tokens, what they may mean, and the candidates with the parts of their
/// scores.
public struct QueryExplanation: Sendable {
    /// A token of the query.
    public struct Token: Sendable, Equatable {
        /// The folded word or number.
        public let text: String
        /// What it means for its neighbours if it is not a name, such as `street:avenue` or `house`.
        public let meanings: [String]
    }

    /// A run of tokens that is a name.
    public struct Name: Sendable {
        /// The tokens, joined by spaces.
        public let text: String
        /// The places that have the name.
        public let places: [GeocodeResult.Subject]
        /// The penalty for typos, endings and the other alphabet.
        public let cost: Double
        /// The words that were replaced.
        public let corrections: [Correction]
    }

    /// One way to read the text, with the names and numbers found in it.
    public struct Interpretation: Sendable {
        /// How the text was read.
        public enum Kind: String, Sendable {
            /// As it was typed.
            case asTyped = "as_typed"
            /// With typos corrected.
            case withTypos = "with_typos"
            /// As if typed with another keyboard layout.
            case otherLayout = "other_layout"
            /// An address taken out of the text.
            case partOfText = "part_of_text"
        }

        /// How the text was read.
        public let kind: Kind
        /// The tokens; a two-part abbreviation is one.
        public let tokens: [Token]
        /// The names, longest first.
        public let names: [Name]
        /// The numbers that may be houses, in canonical form.
        public let houses: [String]
        /// The flat or office, which does not change the position.
        public let flat: String?
        /// The floor.
        public let floor: String?
        /// The entrance.
        public let entrance: String?
    }

    /// A possible answer.
    public struct Candidate: Sendable {
        /// The place or category.
        public let target: Suggestion.Target
        /// Its score, the sum of the parts.
        public let score: Double
        /// The parts of the score, in the order in which they were computed.
        public let parts: [ScorePart]
        /// Its place among the answers, from 1; nil when it is not among them.
        public let rank: Int?
    }

    /// The ways to read the text that were tried, in order.
    public let interpretations: [Interpretation]
    /// The answers in their order, then the other candidates, best first.
    public let candidates: [Candidate]
}

extension QueryExplanation {
    /// Ranks candidates by the answers that were given.
    ///
    /// - Parameter answers: the places or categories with their scores, best first.
    init(
        _ interpretations: [Interpretation],
        _ candidates: [(target: Suggestion.Target, score: Double, parts: [ScorePart])],
        answers: [(target: Suggestion.Target, score: Double)]
    ) {
        self.interpretations = interpretations
        var rest = candidates
        var ranked: [Candidate] = []
        for (place, answer) in answers.enumerated() {
            // The same place may be found in several ways, of which the best counts.
            let found = rest.firstIndex { $0.target.isSame(as: answer.target) && abs($0.score - answer.score) < 1e-9 }
            guard let found else { continue }
            let candidate = rest.remove(at: found)
            ranked.append(
                Candidate(target: answer.target, score: answer.score, parts: candidate.parts, rank: place + 1)
            )
        }
        let others = rest.enumerated().sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }
        self.candidates =
            ranked
            + others.map {
                Candidate(target: $0.element.target, score: $0.element.score, parts: $0.element.parts, rank: nil)
            }
    }
}

extension QueryExplanation.Interpretation {
    init(_ kind: Kind, _ query: AddressQuery, _ spans: [NameSpan]) {
        self.kind = kind
        tokens = query.tokens.indices.map {
            QueryExplanation.Token(text: query.tokens[$0].text, meanings: query.meanings[$0].map(\.explanation))
        }
        names = spans.map { span in
            QueryExplanation.Name(
                text: query.text(of: span.range),
                places: span.namedPlaces.map(\.place.subject),
                cost: span.cost,
                corrections: span.corrections
            )
        }
        houses = query.houseGroups(beside: []).map(\.house.key)
        (flat, floor, entrance) = (query.unit, query.nonAddress.floor, query.nonAddress.entrance)
    }
}

extension AddressQuery {
    /// The tokens of a range, joined by spaces.
    func text(of range: Range<Int>) -> String { tokens[range].map(\.text).joined(separator: " ") }
}

extension AddressWord {
    /// The meaning as an explanation shows it.
    fileprivate var explanation: String {
        switch self {
        case .street(let kind): "street:\(kind.rawValue)"
        case .microdistrict(let kind): "microdistrict:\(kind.rawValue)"
        default: "\(self)"
        }
    }
}

extension Suggestion.Target {
    /// Whether both are the same place, house or category.
    func isSame(as other: Self) -> Bool {
        switch (self, other) {
        case (.place(let one), .place(let two)): one.isSame(as: two) && one.part == two.part
        case (.category(let one), .category(let two)): one == two
        default: false
        }
    }
}
