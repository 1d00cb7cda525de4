/// Evaluates how well a city's geocoder answers the test set.
struct GeocoderReport: Encodable {
    /// The version of the data behind the answers.
    let data: DataVersion
    /// The number of queries in the file, both halves.
    let queries: Int
    /// By form, in file order.
    let forms: [Group]
    /// By language, in file order.
    let languages: [Group]
    /// All queries of a half.
    let total: Group
    /// The halves whose failures are listed.
    let shown: [GeocoderQuery.Half]
    /// The failures in those halves.
    let failures: [Failure]
    /// The accuracy of the positions of unknown houses.
    let interpolation: InterpolationCheck

    /// A group of queries with a common property.
    struct Group: Encodable {
        let name: String
        let halves: [Half]
    }

    /// One half of a group.
    struct Half: Encodable {
        let half: GeocoderQuery.Half
        let tally: OutcomeTally
    }

    /// A query that did not find what it should, or found something when it should not.
    struct Failure: Encodable {
        let form: String
        let query: String
        let expected: [String]
        let rank: Int?
        let errorMetres: Double?
        let answer: QueryOutcome.Answer?
    }

    /// Collects outcomes.
    ///
    /// - Parameters:
    ///   - halves: the halves to report.
    ///   - shown: the halves whose failures are listed; tuning on the others would make their results meaningless.
    init(
        _ outcomes: [QueryOutcome],
        halves: [GeocoderQuery.Half],
        shown: [GeocoderQuery.Half],
        interpolation: InterpolationCheck,
        data: DataVersion
    ) {
        func group(_ name: String, _ members: [QueryOutcome]) -> Group {
            Group(
                name: name,
                halves: halves.map { half in
                    Half(half: half, tally: OutcomeTally(members.lazy.filter { $0.query.half == half }))
                }
            )
        }
        func groups(by key: (GeocoderQuery) -> String) -> [Group] {
            var (names, members) = ([String](), [String: [QueryOutcome]]())
            for outcome in outcomes {
                let name = key(outcome.query)
                if members[name] == nil { names.append(name) }
                members[name, default: []].append(outcome)
            }
            return names.map { group($0, members[$0] ?? []) }
        }
        self.data = data
        self.interpolation = interpolation
        queries = outcomes.count
        forms = groups { $0.form }
        languages = groups { $0.language }
        total = group("all", outcomes)
        let open = halves.filter { shown.contains($0) }
        self.shown = open
        failures = outcomes.filter { !$0.isRight && open.contains($0.query.half) }.map(Failure.init)
    }
}

extension GeocoderReport.Failure {
    init(_ outcome: QueryOutcome) {
        form = outcome.query.form
        query = outcome.query.text
        expected = outcome.query.expected.map(\.reference)
        rank = outcome.rank
        errorMetres = outcome.error
        answer = outcome.top
    }
}
